using System.Collections.Immutable;

namespace Firstline.Cli.Cards;

/// <summary>One object on one screen.</summary>
internal sealed record Card(string Title, ImmutableArray<CardRow> Rows);
