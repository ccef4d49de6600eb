using System.Globalization;

namespace Firstline.Benchmarks;

/// <summary>One figure and the bar that it is held against.</summary>
/// <param name="Name">What was measured.</param>
/// <param name="Value">The figure.</param>
/// <param name="Unit">ms, MB, or what is counted; empty for a ratio.</param>
/// <param name="Bar">What it must not exceed; null for a figure that is only told.</param>
internal sealed record Measure(string Name, double Value, string Unit, double? Bar)
{
    public bool Holds => Bar is not { } bar || Value <= bar;

    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture, $"{Name,-62} {Value,8:0.##} {Unit,-5}   {(Bar is { } bar ? $"bar {bar:0.##} {Unit}: {(Holds ? "holds" : "MISSED")}" : "")}");
}
