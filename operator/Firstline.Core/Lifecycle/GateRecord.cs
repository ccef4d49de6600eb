using System.Collections.Immutable;
using Firstline.Api.V1Alpha1;
using Firstline.Core.Facts;

namespace Firstline.Core.Lifecycle;

/// <summary>What is recorded of the verdicts: people look for what is closed, so that it stands alone and in full; what is open takes a line where it has numbers to tell.</summary>
internal static class GateRecord
{
    private const int MaxText = 512;

    /// <summary>Those that are not open.</summary>
    public static ImmutableArray<GateVerdict> NotOpen(ImmutableArray<GateVerdict> verdicts) => [.. verdicts.Where(static v => v.Decision != GateDecision.Open)];

    /// <summary>Those that are open: one sentence each of those that saw or allow something in numbers, the names of the others in one line.</summary>
    public static ImmutableArray<string> Open(ImmutableArray<GateVerdict> verdicts)
    {
        ILookup<bool, GateVerdict> open = verdicts.Where(static v => v.Decision == GateDecision.Open).ToLookup(static v => v.Observed is not null || v.Limit is not null);
        string others = string.Join(", ", open[false].Select(static v => v.Name));
        return [.. open[true].Select(static v => BoundedText.Shorten($"{v.Name}: {v.Message}{Numbers(v)}", MaxText)), .. others.Length == 0 ? [] : new[] { BoundedText.Shorten($"also open: {others}", MaxText) }];
    }

    private static string Numbers(GateVerdict verdict)
    {
        string[] numbers = [.. new[] { Number("seen", verdict.Observed, verdict), Number("limit", verdict.Limit, verdict) }.OfType<string>()];
        return numbers.Length == 0 ? "" : $" ({string.Join(", ", numbers)})";
    }

    private static string? Number(string what, string? value, GateVerdict verdict) =>
        value is null || verdict.Message.Contains(value, StringComparison.Ordinal) ? null : $"{what} {value}";
}
