using System.Collections.Immutable;

namespace Firstline.Core.Diagnosis;

/// <summary>What was observed that speaks against a cause.</summary>
/// <param name="Points">How much confidence it takes away.</param>
/// <param name="What">The observation, as part of a sentence.</param>
/// <param name="Topics">Where the book of evidence keeps it.</param>
internal sealed record Objection(int Points, string What, params ImmutableArray<string> Topics);
