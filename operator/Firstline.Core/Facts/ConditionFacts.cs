using Firstline.Api.Meta;

namespace Firstline.Core.Facts;

/// <summary>What is read of a built-in object's condition.</summary>
/// <param name="Type">Type, such as Progressing.</param>
/// <param name="Status">Whether it holds.</param>
/// <param name="Reason">CamelCase reason; empty when not set.</param>
/// <param name="Message">Sentence; empty when not set.</param>
/// <param name="Since"><c>lastTransitionTime</c>; null when not set.</param>
public sealed record ConditionFacts(string Type, ConditionStatus Status, string Reason, string Message, DateTimeOffset? Since);
