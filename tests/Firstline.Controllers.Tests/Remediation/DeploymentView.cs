using System.Text.Json.Nodes;
using Firstline.Api.V1Alpha1;
using Firstline.Controllers.Observation;
using Firstline.Core.Actions;
using Firstline.Core.Facts;
using Firstline.Kube.Informers;

namespace Firstline.Controllers.Tests.Remediation;

/// <summary>A Deployment as its kubelets would make it look: healthy with image web:1, else one pod short.</summary>
internal sealed record DeploymentView(WorkloadFacts Facts)
{
    public static DeploymentView Read(ReadOnlySpan<byte> json)
    {
        JsonNode node = JsonNode.Parse(json)!;
        JsonNode metadata = node["metadata"]!;
        string template = node["spec"]!["template"]!.ToJsonString();
        bool isHealthy = template.Contains("\"web:1\"", StringComparison.Ordinal);
        long generation = (long)metadata["generation"]!;
        return new(new WorkloadFacts
        {
            Ref = new() { ApiVersion = "apps/v1", Kind = "Deployment", Namespace = (string)metadata["namespace"]!, Name = (string)metadata["name"]!, Uid = (string)metadata["uid"]! },
            Generation = generation,
            ObservedGeneration = generation,
            DesiredPods = 4,
            ReadyPods = isHealthy ? 4 : 3,
            AvailablePods = isHealthy ? 4 : 3,
            UpdatedPods = isHealthy ? 4 : 1,
            MaxUnavailablePods = 1,
            TemplateJson = template,
            ScaledSpecHash = Scaling.HashWhenScaled(json),
            LastRemediation = RemediationMark.Parse((string?)metadata["annotations"]?[AnnotationNames.LastRemediation]),
        });
    }
}

/// <summary>What detection's caches would give.</summary>
internal sealed class TemplateSituations(Informer<DeploymentView> deployments, Func<bool> isNamespaceEnding) : ISituationSource
{
    public void OnChange(Action<TargetRef> changed) => deployments.AddHandler(change => changed((change.New ?? change.Old)!.Facts.Ref));

    public Situation LookAround(Situation situation) => situation;

    public Situation? Observe(TargetRef target)
    {
        if (target.Kind == "Namespace")
        {
            return new() { Subject = target, NamespaceEnding = isNamespaceEnding() };
        }

        if (deployments.Find(new(target.Namespace ?? "", target.Name))?.Facts is not { } workload)
        {
            return new() { Subject = target, Exists = false };
        }

        RevisionFacts older = new() { Ref = new() { Kind = "ReplicaSet", Name = "web-1" }, Number = 1, DesiredPods = 3, ReadyPods = 3, TemplateJson = RemediationWorld.Good };
        return new()
        {
            Subject = workload.Ref,
            Workload = workload,
            Budgets = [],
            Revisions = [older with { Number = 2, TemplateJson = workload.TemplateJson, DesiredPods = 1, ReadyPods = 0 }, older],
        };
    }
}
