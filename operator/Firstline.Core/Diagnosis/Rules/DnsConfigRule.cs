using System.Collections.Immutable;
using Firstline.Core.Detection;
using Firstline.Core.Facts;

namespace Firstline.Core.Diagnosis.Rules;

/// <summary>The configuration of the cluster's DNS cannot work.</summary>
/// <remarks>Basis 92: the Corefile says so.</remarks>
internal sealed class DnsConfigRule : IHypothesisRule
{
    public string Name => "DnsConfig";

    public Expectation Expects(string cause) => new(
        "With a Corefile that loads, names resolve again in pods that are already running.",
        "Names resolve from a pod with the cluster's DNS while the Corefile is as it is.");

    public ImmutableArray<HypothesisDraft> Judge(DiagnosisCase @case) => @case.Situation is not { Subject.Kind: "ConfigMap", ConfigMaps: [{ IsDnsConfig: true } config] } || DnsConfigDetector.Fault(config) is not { } fault ? [] :
    [
        Drafts.Of(@case, Causes.DnsMisconfigured, config.Ref, 92, $"the DNS configuration in ConfigMap {config.Ref.Name} {fault}", $"kubectl get configmap {config.Ref.Name}{@case.NamespaceFlag} -o yaml"),
    ];
}
