using System.Collections.Immutable;
using Firstline.Core.Detection;
using Firstline.Core.Facts;

namespace Firstline.Core.Diagnosis.Rules;

/// <summary>A Service selects nothing, or leads to a port that its pods do not have.</summary>
/// <remarks>Basis 88 for a selector that differs in one label from a workload's, and for a targetPort; 82 where no workload comes near.</remarks>
internal sealed class ServiceEndpointsRule : IHypothesisRule
{
    public string Name => "ServiceEndpoints";

    public ImmutableArray<HypothesisDraft> Judge(DiagnosisCase @case)
    {
        if (@case.Situation is not { Service: { } service } situation)
        {
            return [];
        }

        ImmutableArray<(WorkloadFacts Facts, PodDeclaration Declared)> workloads = [.. situation.Around.Workloads.Select(static w => (w, PodDeclaration.OfTemplate(w.TemplateJson)))];
        string selector = string.Join(",", service.Selector.Select(static s => $"{s.Key}={s.Value}"));
        string next = $"kubectl get pods{@case.NamespaceFlag} --show-labels, and compare with kubectl get service {service.Ref.Name}{@case.NamespaceFlag} -o yaml";
        (WorkloadFacts Facts, PodDeclaration Declared) near = workloads.FirstOrDefault(w => Shares(service, w.Declared) || w.Facts.Ref.Name == service.Ref.Name);
        bool isSelecting = workloads.Any(w => service.Selects(w.Declared.Labels));
        return
        [
            .. workloads.Where(w => service.Selects(w.Declared.Labels)).Select(w => ServicePortDetector.Mismatch(service, w.Declared)).OfType<string>().Take(1)
                .Select(m => Drafts.Of(@case, Causes.ServiceTargetPortMismatch, service.Ref, 88, m, next)),
            .. isSelecting || near.Facts is null || service.Selector.IsEmpty ? [] : new[]
            {
                Drafts.Of(
                    @case, Causes.ServiceSelectorMismatch, service.Ref, 88,
                    $"selector {selector} of Service {service.Ref.Name} selects no pods, so that it has no endpoints; {near.Facts.Ref} has the labels {string.Join(",", near.Declared.Labels.Select(static l => $"{l.Key}={l.Value}"))}", next),
            },
            .. situation.Around.ReadyEndpoints(service) > 0 ? [] : new[]
            {
                Drafts.Of(@case, Causes.ServiceNoEndpoints, service.Ref, 82, $"Service {service.Ref.Name} has no endpoints: no ready pod has the labels of its selector {selector}", next),
            },
        ];
    }

    private static bool Shares(ServiceFacts service, PodDeclaration pods) => service.Selector.Any(s => pods.Labels.GetValueOrDefault(s.Key) == s.Value)
        || service.Selector.Any(s => pods.Labels.ContainsKey(s.Key) && pods.Labels[s.Key].Contains(s.Value, StringComparison.OrdinalIgnoreCase));

}
