using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Firstline.Benchmarks.Crashes;

/// <summary>How a pod or a Job has failed.</summary>
/// <param name="Namespace">Its namespace.</param>
/// <param name="Signs">Reasons of containers that wait or ended, <c>Failed</c> for a Job.</param>
internal sealed record FailureView(string Namespace, ImmutableArray<string> Signs)
{
    public static FailureView OfPod(ReadOnlySpan<byte> json)
    {
        JsonNode pod = Parse(json);
        JsonArray containers = pod["status"]?["containerStatuses"] as JsonArray ?? [];
        return new(NamespaceOf(pod), [.. containers.SelectMany(static c => (string?[])
            [
                (string?)c!["state"]?["waiting"]?["reason"], (string?)c["state"]?["terminated"]?["reason"], (string?)c["lastState"]?["terminated"]?["reason"],
            ]).OfType<string>()]);
    }

    public static FailureView OfJob(ReadOnlySpan<byte> json)
    {
        JsonNode job = Parse(json);
        bool hasFailed = (job["status"]?["conditions"] as JsonArray ?? []).Any(static c => (string?)c!["type"] == "Failed" && (string?)c["status"] == "True");
        return new(NamespaceOf(job), hasFailed ? ["Failed"] : []);
    }

    private static string NamespaceOf(JsonNode o) => (string)o["metadata"]!["namespace"]!;

    private static JsonNode Parse(ReadOnlySpan<byte> json)
    {
        Utf8JsonReader reader = new(json);
        return JsonNode.Parse(ref reader)!;
    }
}
