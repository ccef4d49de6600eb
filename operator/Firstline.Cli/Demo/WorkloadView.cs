using System.Text.Json;
using Firstline.Api.Meta;

namespace Firstline.Cli.Demo;

/// <summary>What the account reads of a Deployment.</summary>
internal sealed record WorkloadView(NamespacedName Key, long Generation, long ObservedGeneration, int Desired, int Ready, int Updated)
{
    public static readonly ResourceType Deployments = new("apps", "v1", "Deployment", "deployments", ResourceScope.Namespaced);

    /// <summary>True when all wanted pods are of the newest template and ready.</summary>
    public bool IsHealthy => ObservedGeneration >= Generation && Ready == Desired && Updated == Desired;

    public static WorkloadView Project(ReadOnlySpan<byte> json)
    {
        Utf8JsonReader reader = new(json);
        using JsonDocument document = JsonDocument.ParseValue(ref reader);
        JsonElement root = document.RootElement;
        JsonElement metadata = root.GetProperty("metadata");
        JsonElement status = root.TryGetProperty("status", out JsonElement found) ? found : default;
        return new WorkloadView(
            new NamespacedName(metadata.GetProperty("namespace").GetString()!, metadata.GetProperty("name").GetString()!),
            Number(metadata, "generation"), Number(status, "observedGeneration"), (int)Number(root.GetProperty("spec"), "replicas"),
            (int)Number(status, "readyReplicas"), (int)Number(status, "updatedReplicas"));
    }

    private static long Number(JsonElement element, string name) =>
        element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out JsonElement value) ? value.GetInt64() : 0;
}
