using System.Collections.Immutable;
using Firstline.Api.V1Alpha1;

namespace Firstline.Core.Facts;

/// <summary>What is read of a MutatingWebhookConfiguration or ValidatingWebhookConfiguration.</summary>
public sealed record WebhookFacts
{
    /// <summary>The configuration, with its UID.</summary>
    public required TargetRef Ref { get; init; }

    /// <summary><c>metadata.creationTimestamp</c>.</summary>
    public DateTimeOffset CreatedAt { get; init; }

    /// <summary>The newest change of its spec; null when unknown.</summary>
    public ChangeStamp? LastChange { get; init; }

    /// <summary><c>webhooks[]</c>.</summary>
    public ImmutableArray<WebhookHook> Hooks { get; init; } = [];
}
