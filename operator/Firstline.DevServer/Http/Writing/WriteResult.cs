using System.Collections.Immutable;
using Firstline.DevServer.Store;

namespace Firstline.DevServer.Http.Writing;

/// <summary>What a write led to.</summary>
/// <param name="Object">As stored; with a dry run as it would have been.</param>
/// <param name="Outcome">What happened.</param>
/// <param name="Warnings">Sentences for the client.</param>
internal sealed record WriteResult(StoredObject Object, WriteOutcome Outcome, ImmutableArray<string> Warnings);
