using Firstline.Core.Facts;

namespace Firstline.Core.Detection;

/// <summary>Finds admission webhooks that refuse what they should judge, because their Service does not exist or has no endpoints.</summary>
/// <remarks>One that lets pass what it cannot judge (failurePolicy Ignore) harms nobody while it is down.</remarks>
public sealed class WebhookDetector : IDetector
{
    /// <summary>How long the pods of a new webhook may take.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);

    private static bool IsServed(WebhookHook hook, Surroundings around) =>
        around.Services.Any(s => s.Ref.Name == hook.ServiceName && s.Ref.Namespace == hook.ServiceNamespace)
        && around.Endpoints.Any(e => e.Service == hook.ServiceName && e.Namespace == hook.ServiceNamespace && e.Ready > 0);

    /// <inheritdoc/>
    public string Name => "Webhook";

    /// <inheritdoc/>
    public DetectorReport Detect(Situation situation, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(situation);
        if (situation is not { Exists: true, Webhook: { } webhook })
        {
            return DetectorReport.Nothing;
        }

        WebhookHook? dead = webhook.Hooks.FirstOrDefault(h => h is { Blocks: true, ServiceName: not null } && !IsServed(h, situation.Around));
        return dead is null ? DetectorReport.Nothing : ContainerSearch.After(
            Name, situation, webhook.CreatedAt, Patience, now, $"webhook {dead.Name} refuses everything: Service {dead.ServiceNamespace}/{dead.ServiceName} does not exist or has no endpoints");
    }
}
