using System.Collections.Immutable;
using Firstline.Core.Detection;
using Firstline.Core.Facts;

namespace Firstline.Core.Diagnosis.Rules;

/// <summary>A Service selects nothing, or leads to a port that its pods do not have.</summary>
/// <remarks>Basis 88 for a selector that differs in one label from a workload's, and for a targetPort; 82 where no workload comes near.</remarks>
internal sealed class ServiceEndpointsRule : IHypothesisRule
{
    public string Name => "ServiceEndpoints";

    public Expectation Expects(string cause) => cause switch
    {
        Causes.ServiceTargetPortMismatch => new("With the port that its pods listen on, requests to the Service are answered.", "A request to a pod's address at the present targetPort is answered."),
        Causes.ServiceSelectorMismatch => new("With a selector that the pods' labels match, endpoints appear at once.", "The Service has endpoints of the pods that are meant."),
        _ => new("Once a pod that it selects is ready, it has endpoints.", "kubectl get endpointslices shows a ready endpoint."),
    };

    public ImmutableArray<HypothesisDraft> Judge(DiagnosisCase @case)
    {
        if (@case.Situation is not { Service: { } service } situation)
        {
            return [];
        }

        ImmutableArray<WorkloadFacts> selected = [.. situation.Around.Workloads.Where(w => service.Selects(w.Declared.Labels))];
        WorkloadFacts? near = situation.Around.Workloads.FirstOrDefault(w => Shares(service, w.Declared) || w.Ref.Name == service.Ref.Name);
        string selector = Text(service.Selector);
        string next = $"kubectl get pods{@case.NamespaceFlag} --show-labels, and compare with kubectl get service {service.Ref.Name}{@case.NamespaceFlag} -o yaml";
        return
        [
            .. selected.Select(w => ServicePortDetector.Mismatch(service, w.Declared)).OfType<string>().Take(1)
                .Select(m => Drafts.Of(@case, Causes.ServiceTargetPortMismatch, service.Ref, 88, m, next)),
            .. !selected.IsEmpty || near is null || service.Selector.IsEmpty ? [] : new[]
            {
                Drafts.Of(
                    @case, Causes.ServiceSelectorMismatch, service.Ref, 88,
                    $"selector {selector} of Service {service.Ref.Name} selects no pods, so that it has no endpoints; {near.Ref} has the labels {Text(near.Declared.Labels)}", next),
            },
            .. situation.Around.ReadyEndpoints(service) > 0 ? [] : new[]
            {
                Drafts.Of(
                    @case, Causes.ServiceNoEndpoints, service.Ref, 82, $"Service {service.Ref.Name} has no endpoints: no ready pod has the labels of its selector {selector}", next),
            },
        ];
    }

    private static string Text(ImmutableSortedDictionary<string, string> labels) => string.Join(",", labels.Select(static l => $"{l.Key}={l.Value}"));

    private static bool Shares(ServiceFacts service, PodDeclaration pods) =>
        service.Selector.Any(s => pods.Labels.TryGetValue(s.Key, out string? label) && label.Contains(s.Value, StringComparison.OrdinalIgnoreCase));
}
