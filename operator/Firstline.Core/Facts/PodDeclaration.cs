using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using System.Text.Json;

namespace Firstline.Core.Facts;

/// <summary>What a pod's spec or template declares, as far as a diagnosis asks for it.</summary>
public sealed record PodDeclaration
{
    /// <summary>Of a pod of which nothing is known.</summary>
    public static readonly PodDeclaration None = new();

    /// <summary>Labels of the template; empty for a spec alone.</summary>
    public ImmutableSortedDictionary<string, string> Labels { get; init; } = ImmutableSortedDictionary<string, string>.Empty;

    /// <summary>Init containers first.</summary>
    public ImmutableArray<ContainerDeclaration> Containers { get; init; } = [];

    /// <summary>Claims that its volumes name.</summary>
    public ImmutableArray<string> Claims { get; init; } = [];

    /// <summary><c>serviceAccountName</c>; empty when not set, which means <c>default</c>.</summary>
    public string ServiceAccount { get; init; } = "";

    /// <summary><c>dnsPolicy</c>; ClusterFirst when not set.</summary>
    public string DnsPolicy { get; init; } = "ClusterFirst";

    /// <summary><c>hostNetwork</c>.</summary>
    public bool HostNetwork { get; init; }

    /// <summary><c>dnsConfig</c> as JSON text; empty when not set.</summary>
    public string DnsConfig { get; init; } = "";

    /// <summary><c>nodeSelector</c> and required node affinity, for people; empty without one.</summary>
    public string Placement { get; init; } = "";

    /// <summary><c>schedulingGates[].name</c>.</summary>
    public ImmutableArray<string> Gates { get; init; } = [];

    // By the text itself, not by what it says: a template is one text as long as its workload is not changed, and many ask for what it declares.
    private static readonly ConditionalWeakTable<string, PodDeclaration> Read = [];

    /// <summary>What a template declares: <c>{"metadata": ..., "spec": ...}</c>, or a whole pod. One text is read once.</summary>
    public static PodDeclaration OfTemplate(string json)
    {
        ArgumentNullException.ThrowIfNull(json);
        return json.Length == 0 ? None : Read.GetValue(json, static text => OfText(text));
    }

    private static PodDeclaration OfText(string json)
    {
        using JsonDocument document = JsonDocument.Parse(json);
        JsonElement spec = Member(document.RootElement, "spec");
        if (spec.ValueKind != JsonValueKind.Object)
        {
            return None;
        }

        ImmutableArray<JsonElement> volumes = List(spec, "volumes");
        string dns = Member(spec, "dnsConfig") is { ValueKind: JsonValueKind.Object } config ? config.GetRawText() : "";
        return new()
        {
            Labels = Map(Member(Member(document.RootElement, "metadata"), "labels")),
            Containers =
            [
                .. List(spec, "initContainers").Select(static c => ContainerDeclaration.Of(c, isInit: true)),
                .. List(spec, "containers").Select(static c => ContainerDeclaration.Of(c, isInit: false)),
            ],
            Claims = [.. volumes.Select(static v => Text(Member(v, "persistentVolumeClaim"), "claimName")).OfType<string>()],
            ServiceAccount = Text(spec, "serviceAccountName") ?? "",
            DnsPolicy = Text(spec, "dnsPolicy") ?? "ClusterFirst",
            DnsConfig = dns,
            HostNetwork = Member(spec, "hostNetwork").ValueKind == JsonValueKind.True,
            Placement = PlacementOf(spec),
            Gates = [.. List(spec, "schedulingGates").Select(static g => Text(g, "name")).OfType<string>()],
        };
    }

    internal static JsonElement Member(JsonElement parent, string name) =>
        parent.ValueKind == JsonValueKind.Object && parent.TryGetProperty(name, out JsonElement child) ? child : default;

    internal static ImmutableArray<JsonElement> List(JsonElement parent, string name) =>
        Member(parent, name) is { ValueKind: JsonValueKind.Array } list ? [.. list.EnumerateArray()] : [];

    internal static string? Text(JsonElement parent, string name) => Member(parent, name) switch
    {
        { ValueKind: JsonValueKind.String } text => text.GetString(),
        { ValueKind: JsonValueKind.Number } number => number.GetRawText(),
        _ => null,
    };

    private static ImmutableSortedDictionary<string, string> Map(JsonElement map) => map.ValueKind != JsonValueKind.Object
        ? ImmutableSortedDictionary<string, string>.Empty
        : map.EnumerateObject().ToImmutableSortedDictionary(static p => p.Name, static p => p.Value.ToString(), StringComparer.Ordinal);

    private static string PlacementOf(JsonElement spec)
    {
        IEnumerable<string> selector = Map(Member(spec, "nodeSelector")).Select(static s => $"nodeSelector {s.Key}={s.Value}");
        JsonElement required = Member(Member(Member(spec, "affinity"), "nodeAffinity"), "requiredDuringSchedulingIgnoredDuringExecution");
        IEnumerable<string> affinity = List(required, "nodeSelectorTerms").SelectMany(static t => List(t, "matchExpressions"))
            .Select(static e => $"node affinity {Text(e, "key")} {Text(e, "operator")} [{string.Join(", ", List(e, "values").Select(static v => v.ToString()))}]");
        return string.Join(", ", selector.Concat(affinity));
    }
}
