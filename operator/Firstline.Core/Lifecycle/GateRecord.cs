using System.Collections.Immutable;
using Firstline.Api.V1Alpha1;
using Firstline.Core.Facts;

namespace Firstline.Core.Lifecycle;

/// <summary>What is recorded of the verdicts: people look for what is closed, so that it stands alone and in full; what is open takes a line each.</summary>
internal static class GateRecord
{
    private const int MaxText = 512;

    /// <summary>Those that are not open.</summary>
    public static ImmutableArray<GateVerdict> NotOpen(ImmutableArray<GateVerdict> verdicts) => [.. verdicts.Where(static v => v.Decision != GateDecision.Open)];

    /// <summary>Those that are open, one sentence each, with what they saw and allow where the sentence does not say so.</summary>
    public static ImmutableArray<string> Open(ImmutableArray<GateVerdict> verdicts) =>
        [.. from verdict in verdicts where verdict.Decision == GateDecision.Open select BoundedText.Shorten($"{verdict.Name}: {verdict.Message}{Numbers(verdict)}", MaxText)];

    private static string Numbers(GateVerdict verdict)
    {
        string[] numbers = [.. new[] { Number("seen", verdict.Observed, verdict), Number("limit", verdict.Limit, verdict) }.OfType<string>()];
        return numbers.Length == 0 ? "" : $" ({string.Join(", ", numbers)})";
    }

    private static string? Number(string what, string? value, GateVerdict verdict) =>
        value is null || verdict.Message.Contains(value, StringComparison.Ordinal) ? null : $"{what} {value}";
}
