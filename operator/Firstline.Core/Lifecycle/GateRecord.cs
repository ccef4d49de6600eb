using System.Collections.Immutable;
using Firstline.Api.V1Alpha1;
using Firstline.Core.Facts;

namespace Firstline.Core.Lifecycle;

/// <summary>What is recorded of the verdicts: people look for what is closed, so that it stands alone and in full; what is open takes a line where it has numbers to tell.</summary>
internal static class GateRecord
{
    private const int MaxText = 512;
    private const string Others = "also open: ";

    /// <summary>Those that are not open.</summary>
    public static ImmutableArray<GateVerdict> NotOpen(ImmutableArray<GateVerdict> verdicts) => [.. verdicts.Where(static v => v.Decision != GateDecision.Open)];

    /// <summary>
    /// The same as it is stored. While another gate is closed, new numbers of those that stay open are not worth a write: pods come and go, and a request may wait for days. The
    /// numbers on which a change rests are always those of the last look before it.
    /// </summary>
    /// <param name="before">What is stored.</param>
    /// <param name="verdicts">The verdicts now.</param>
    public static ImmutableArray<string> OpenAfter(ImmutableArray<string> before, ImmutableArray<GateVerdict> verdicts)
    {
        ImmutableArray<string> now = Open(verdicts);
        return verdicts.Any(static v => v.Decision != GateDecision.Open) && before.Select(GatesOf).SequenceEqual(now.Select(GatesOf), StringComparer.Ordinal) ? before : now;
    }

    /// <summary>Those that are open: one sentence each of those that saw or allow something in numbers, the names of the others in one line.</summary>
    public static ImmutableArray<string> Open(ImmutableArray<GateVerdict> verdicts)
    {
        ILookup<bool, GateVerdict> open = verdicts.Where(static v => v.Decision == GateDecision.Open).ToLookup(static v => v.Observed is not null || v.Limit is not null);
        string others = string.Join(", ", open[false].Select(static v => v.Name));
        return [.. open[true].Select(static v => BoundedText.Shorten($"{v.Name}: {v.Message}{Numbers(v)}", MaxText)), .. others.Length == 0 ? [] : new[] { BoundedText.Shorten($"{Others}{others}", MaxText) }];
    }

    // The last line has names alone, after its colon.
    private static string GatesOf(string line) => line.StartsWith(Others, StringComparison.Ordinal) ? line : line[..line.IndexOf(':', StringComparison.Ordinal)];

    private static string Numbers(GateVerdict verdict)
    {
        string[] numbers = [.. new[] { Number("seen", verdict.Observed, verdict), Number("limit", verdict.Limit, verdict) }.OfType<string>()];
        return numbers.Length == 0 ? "" : $" ({string.Join(", ", numbers)})";
    }

    private static string? Number(string what, string? value, GateVerdict verdict) =>
        value is null || verdict.Message.Contains(value, StringComparison.Ordinal) ? null : $"{what} {value}";
}
