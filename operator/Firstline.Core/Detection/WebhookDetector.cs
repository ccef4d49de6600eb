using System.Collections.Immutable;
using Firstline.Core.Facts;

namespace Firstline.Core.Detection;

/// <summary>Finds admission webhooks that refuse what they should judge, because their Service does not exist or has no endpoints.</summary>
/// <remarks>One that lets pass what it cannot judge (failurePolicy Ignore) harms nobody while it is down.</remarks>
public sealed class WebhookDetector : IDetector
{
    /// <summary>How long the pods of a new webhook may take.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);

    /// <summary>The hooks that refuse what they should judge, since nothing serves them.</summary>
    public static ImmutableArray<WebhookHook> Dead(WebhookFacts webhook, Surroundings around)
    {
        ArgumentNullException.ThrowIfNull(webhook);
        ArgumentNullException.ThrowIfNull(around);
        return [.. webhook.Hooks.Where(h => h is { Blocks: true, ServiceName: not null } && !IsServed(h, around))];
    }

    private static bool IsServed(WebhookHook hook, Surroundings around) =>
        around.Services.Any(s => s.Ref.Name == hook.ServiceName && s.Ref.Namespace == hook.ServiceNamespace)
        && around.Endpoints.Any(e => e.Service == hook.ServiceName && e.Namespace == hook.ServiceNamespace && e.Ready > 0);

    /// <inheritdoc/>
    public string Name => "Webhook";

    /// <inheritdoc/>
    public DetectorReport Detect(Situation situation, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(situation);
        return situation is { Exists: true, Webhook: { } webhook } && Dead(webhook, situation.Around) is [{ } dead, ..]
            ? ContainerSearch.After(
                Name, situation, webhook.CreatedAt, Patience, now,
                $"webhook {dead.Name} refuses everything: Service {dead.ServiceNamespace}/{dead.ServiceName} does not exist or has no endpoints")
            : DetectorReport.Nothing;
    }
}
