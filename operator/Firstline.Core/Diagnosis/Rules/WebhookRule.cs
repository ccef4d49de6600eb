using System.Collections.Immutable;
using Firstline.Core.Detection;
using Firstline.Core.Facts;

namespace Firstline.Core.Diagnosis.Rules;

/// <summary>A webhook that cannot be reached, or one that changes pods so that they fail.</summary>
/// <remarks>Basis 90 for a Service without endpoints; and when a failing container has another memory limit or image than its template, and a mutating webhook takes the pods of the namespace.</remarks>
internal sealed class WebhookRule : IHypothesisRule
{
    public string Name => "Webhook";

    public Expectation Expects(string cause) => cause switch
    {
        Causes.WebhookUnavailable => new("Once its Service has ready pods, what it judges is admitted again.", "A request that it judges is admitted now."),
        _ => new("Pods that are made without the webhook have the limit and image of their template, and run.", "The field in the pod's spec is as in its template."),
    };

    public ImmutableArray<HypothesisDraft> Judge(DiagnosisCase @case) => [.. Dead(@case), .. Override(@case), .. OtherImage(@case)];

    private static IEnumerable<HypothesisDraft> Dead(DiagnosisCase @case) =>
        from hook in @case.Situation.Webhook is { } webhook ? WebhookDetector.Dead(webhook, @case.Situation.Around) : []
        select Drafts.Of(
            @case, Causes.WebhookUnavailable, @case.Subject, 90,
            $"webhook {hook.Name} of {@case.Subject} cannot be reached: Service {hook.ServiceNamespace}/{hook.ServiceName} does not exist or has no endpoints, "
                + "and failurePolicy Fail refuses what it should judge",
            $"kubectl get endpointslices -n {hook.ServiceNamespace} -l kubernetes.io/service-name={hook.ServiceName}");

    private static IEnumerable<HypothesisDraft> OtherImage(DiagnosisCase @case) => (
        from failure in @case.FailuresBy(FailureSign.ImagePull, FailureSign.Crash, FailureSign.Creation)
        let revision = @case.Situation.Revisions.FirstOrDefault(r => r.PodHash.Length > 0 && r.PodHash == failure.Pod.RevisionHash)
        where revision is not null
        let declared = PodDeclaration.OfTemplate(revision.TemplateJson).Containers.FirstOrDefault(c => c.Name == failure.Container.Name)?.Image
        where declared is { Length: > 0 } && failure.Container.Image.Length > 0 && failure.Container.Image != declared
        let webhook = @case.Situation.Around.Webhooks.FirstOrDefault(w => Takes(w, @case.Subject.Namespace ?? ""))
        where webhook is not null
        select Drafts.Of(
            @case, Causes.MutatingWebhookOverride, webhook.Ref, 90,
            $"mutating webhook {webhook.Ref.Name} changes the image of container {failure.Container.Name} of {@case.Subject} from {declared} to {failure.Container.Image}, which fails",
            $"kubectl get mutatingwebhookconfiguration {webhook.Ref.Name} -o yaml", failure.Topic)).Take(1);

    private static ImmutableArray<HypothesisDraft> Override(DiagnosisCase @case)
    {
        if (@case.FailuresBy(FailureSign.OomKill) is not [{ Container.MemoryLimit: { } actual } killed, ..] || Declared(@case, killed) is not { } declared || declared == actual
            || @case.Situation.Around.Webhooks.FirstOrDefault(w => Takes(w, @case.Subject.Namespace ?? "")) is not { } webhook)
        {
            return [];
        }

        string statement = $"mutating webhook {webhook.Ref.Name} changes the memory limit of container {killed.Container.Name} of {@case.Subject} "
            + $"from {declared} to {actual}, where it runs out of memory and is OOMKilled";
        string next = $"kubectl get mutatingwebhookconfiguration {webhook.Ref.Name} -o yaml";
        return
        [
            Drafts.Of(@case, Causes.OomKilled, webhook.Ref, 94, statement, next, killed.Topic),
            Drafts.Of(@case, Causes.MutatingWebhookOverride, webhook.Ref, 90, statement, next, killed.Topic),
        ];
    }

    private static string? Declared(DiagnosisCase @case, FailingContainer killed) =>
        @case.Situation.Workload?.Declared.Containers.FirstOrDefault(c => c.Name == killed.Container.Name)?.MemoryLimit;

    private static bool Takes(WebhookFacts webhook, string ns) =>
        webhook.Ref.Kind == "MutatingWebhookConfiguration"
        && webhook.Hooks.Any(h => h.TakesPods && h.Namespaces.Selects(ImmutableSortedDictionary<string, string>.Empty.Add("kubernetes.io/metadata.name", ns)));
}
