using Firstline.Api.V1Alpha1;

namespace Firstline.Core.Facts;

/// <summary>What is read of an Event.</summary>
/// <param name="About">The object it is about.</param>
/// <param name="Type">Normal or Warning.</param>
/// <param name="Reason">CamelCase reason.</param>
/// <param name="Message">Sentence.</param>
/// <param name="Count">How often it happened.</param>
/// <param name="LastSeen">When it happened last.</param>
public sealed record EventFacts(TargetRef About, string Type, string Reason, string Message, int Count, DateTimeOffset LastSeen)
{
    /// <summary>The Event's own <c>metadata.resourceVersion</c>; null when not known.</summary>
    public string? ResourceVersion { get; init; }
}
