namespace Firstline.Core.Diagnosis.Models;

/// <summary>What came of a question. Exactly one of <paramref name="Answer"/> and <paramref name="Failure"/> is set.</summary>
/// <param name="Answer">What the model said last, unchecked; null when it failed.</param>
/// <param name="Usage">What it has cost, also when it failed.</param>
/// <param name="Failure">Why there is no answer, in a sentence without a subject and without secrets; null when there is one.</param>
/// <param name="Latency">How long it took.</param>
public sealed record ModelReply(string? Answer, ModelUsage Usage, string? Failure, TimeSpan Latency);
