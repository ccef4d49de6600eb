using System.Collections.Immutable;

namespace Firstline.Architecture.Tests;

/// <summary>Code that breaks a rule and is known to; the list only shrinks, because an entry that is not needed any more fails a test.</summary>
internal static class Debt
{
    /// <summary>Types, by the beginning of their full name, that still offer the system's clock as a default instead of being given one.</summary>
    public static readonly ImmutableArray<string> WallClock = [];

    /// <summary>Types, by the beginning of their full name, that close a circle of folders.</summary>
    public static readonly ImmutableArray<string> Cycles = [];

    /// <summary>The sentences that no entry answers for.</summary>
    public static IEnumerable<string> Without(this IEnumerable<string> sentences, ImmutableArray<string> known) =>
        sentences.Where(sentence => !known.Any(entry => sentence.StartsWith(entry, StringComparison.Ordinal)));

    /// <summary>The entries that answer for no sentence.</summary>
    public static IEnumerable<string> Paid(this ImmutableArray<string> known, IEnumerable<string> sentences) =>
        known.Where(entry => !sentences.Any(sentence => sentence.StartsWith(entry, StringComparison.Ordinal)));
}
