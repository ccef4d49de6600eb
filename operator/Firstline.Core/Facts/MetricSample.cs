namespace Firstline.Core.Facts;

/// <summary>One number of an answer of Prometheus.</summary>
/// <param name="Series">Its labels as Prometheus writes them, such as <c>{pod="web-1"}</c>; empty for a number without labels.</param>
/// <param name="Value">The number; may be infinite or not a number.</param>
public sealed record MetricSample(string Series, double Value);
