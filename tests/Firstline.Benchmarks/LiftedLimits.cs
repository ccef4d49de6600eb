using System.Text.Json.Nodes;
using Firstline.Kube.Client;

namespace Firstline.Benchmarks;

/// <summary>The policy of a place where trouble follows on trouble for as long as somebody measures: without the limits that would hold the hundredth remediation of an hour.</summary>
internal static class LiftedLimits
{
    private const string Policy =
        """
        {"spec": {"limits": {
          "maxConcurrent": 100, "maxPerHour": 1000, "maxOpenIncidents": 10000, "cooldown": "0s",
          "budget": {"pods": 10000, "podsPerNamespace": 10000, "workloads": 10000, "namespaces": 10000, "nodes": 1000}}}}
        """;

    public static Patch AsPatch() => Patch.Merge((JsonObject)JsonNode.Parse(Policy)!);
}
