using Firstline.Cli.Cards;

namespace Firstline.Cli.Demo;

/// <summary>One sentence of the account.</summary>
internal sealed record AccountLine(Speaker Speaker, string Text, Tone Tone = Tone.Normal);
