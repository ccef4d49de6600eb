using System.Collections.Immutable;
using System.Text.Json;
using Firstline.Api.Meta;

namespace Firstline.Cli.Demo;

/// <summary>What the account reads of a pod: the troubles that its containers report.</summary>
internal sealed record PodView(NamespacedName Key, string App, ImmutableArray<string> Troubles)
{
    public static readonly ResourceType Pods = new("", "v1", "Pod", "pods", ResourceScope.Namespaced);

    private static readonly ImmutableArray<string> Harmless = ["ContainerCreating", "PodInitializing", "Completed"];

    public static PodView Project(ReadOnlySpan<byte> json)
    {
        Utf8JsonReader reader = new(json);
        using JsonDocument document = JsonDocument.ParseValue(ref reader);
        JsonElement metadata = document.RootElement.GetProperty("metadata");
        string app = metadata.TryGetProperty("labels", out JsonElement labels) && labels.TryGetProperty("app", out JsonElement label) ? label.GetString()! : "";
        return new PodView(
            new NamespacedName(metadata.GetProperty("namespace").GetString()!, metadata.GetProperty("name").GetString()!), app,
            [.. Statuses(document.RootElement).SelectMany(Reasons).Distinct(StringComparer.Ordinal)]);
    }

    private static JsonElement.ArrayEnumerator Statuses(JsonElement pod) =>
        pod.TryGetProperty("status", out JsonElement status) && status.TryGetProperty("containerStatuses", out JsonElement all) ? all.EnumerateArray() : default;

    private static IEnumerable<string> Reasons(JsonElement container) =>
        from state in (string[])["state", "lastState"]
        where container.TryGetProperty(state, out _)
        from kind in container.GetProperty(state).EnumerateObject()
        where kind.Value.TryGetProperty("reason", out _)
        let reason = kind.Value.GetProperty("reason").GetString()!
        where !Harmless.Contains(reason)
        select kind.Value.TryGetProperty("exitCode", out JsonElement code) ? $"{reason} (exit code {code.GetInt32()})" : reason;
}
