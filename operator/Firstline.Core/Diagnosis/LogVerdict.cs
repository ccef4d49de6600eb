using Firstline.Api.V1Alpha1;

namespace Firstline.Core.Diagnosis;

/// <summary>What a clue of a log says of a cause.</summary>
/// <param name="Target">The object at fault.</param>
/// <param name="Cause">Label of the taxonomy.</param>
/// <param name="Category">Category where it is not the cause's own; null otherwise.</param>
/// <param name="Statement">What is wrong, in one sentence that quotes the log.</param>
/// <param name="Percent">How likely, between 5 and 95.</param>
internal sealed record LogVerdict(TargetRef Target, string Cause, string? Category, string Statement, int Percent);
