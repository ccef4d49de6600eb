using System.Text.Json.Nodes;
using Firstline.DevServer.Simulation.Client;

namespace Firstline.DevServer.Simulation.Controllers;

/// <summary>Builds the ReplicaSet of a Deployment's template.</summary>
internal static class DeploymentReplicaSet
{
    public static JsonObject Build(KubeObject deployment, string hash, int replicas)
    {
        JsonObject template = (JsonObject)JsonNode.Parse(deployment.Spec.At("template").GetRawText())!;
        if (template["metadata"] is not JsonObject)
        {
            template["metadata"] = new JsonObject();
        }

        Owner.SetLabel(template, TemplateHash.Label, hash);
        JsonObject selector = (JsonObject)JsonNode.Parse(deployment.Spec.At("selector").GetRawText())!;
        JsonObject labels = selector["matchLabels"] as JsonObject ?? [];
        labels[TemplateHash.Label] = hash;
        selector["matchLabels"] = labels;
        JsonObject built = new()
        {
            ["metadata"] = new JsonObject
            {
                ["name"] = $"{deployment.Name}-{hash}",
                ["labels"] = template["metadata"]!["labels"]!.DeepClone(),
                ["ownerReferences"] = Owner.Reference(Kinds.Deployment, deployment),
            },
            ["spec"] = new JsonObject { ["replicas"] = replicas, ["selector"] = selector, ["template"] = template },
        };
        if (deployment.Spec.OptionalNumber("minReadySeconds") is { } minReady)
        {
            built["spec"]!["minReadySeconds"] = minReady;
        }

        return built;
    }
}
