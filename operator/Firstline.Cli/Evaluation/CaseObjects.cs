using System.Collections.Immutable;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Firstline.Cli.Evaluation;

/// <summary>Makes objects of what a case writes: times out of offsets such as <c>-120s</c>, UIDs out of <c>@uid(Kind/namespace/name)</c>.</summary>
/// <param name="now">The moment that offsets count from.</param>
internal sealed partial class CaseObjects(DateTimeOffset now)
{
    // What depends on others comes after them; what may refuse others comes last.
    private static readonly ImmutableArray<string> Order =
    [
        "Namespace", "PriorityClass", "StorageClass", "IngressClass", "Node", "PersistentVolume", "ServiceAccount", "ClusterRole", "Role", "ClusterRoleBinding", "RoleBinding",
        "ConfigMap", "Secret", "PersistentVolumeClaim", "Service", "Deployment", "StatefulSet", "DaemonSet", "CronJob", "ReplicaSet", "Job", "Pod", "Endpoints", "EndpointSlice",
        "Ingress", "NetworkPolicy", "HorizontalPodAutoscaler", "PodDisruptionBudget", "Event", "LimitRange", "ResourceQuota", "MutatingWebhookConfiguration",
        "ValidatingWebhookConfiguration",
    ];

    private readonly Dictionary<string, string> _uids = new(StringComparer.Ordinal);

    /// <summary>The objects in the order in which they can be created; kinds that are not known come last.</summary>
    public static ImmutableArray<JsonObject> InOrder(IEnumerable<JsonObject> objects) =>
        [.. objects.OrderBy(static o => Order.IndexOf(o["kind"]!.ToString()) is >= 0 and var at ? at : Order.Length)];

    /// <summary>Takes note of the UID that the server gave.</summary>
    public void Stored(JsonObject o) => _uids[Key(o["kind"]!.ToString(), o["metadata"]!["namespace"]?.ToString(), o["metadata"]!["name"]!.ToString())] = o["metadata"]!["uid"]!.ToString();

    /// <summary>When the object was made: a day ago where it does not say.</summary>
    public DateTimeOffset CreatedAt(JsonObject o) =>
        o["metadata"]!["creationTimestamp"]?.ToString() is { } text && TimeOf(text) is { } time ? time : now - TimeSpan.FromDays(1);

    /// <summary>A copy with times and UIDs filled in.</summary>
    public JsonNode? Filled(JsonNode? node, string? name = null) => node switch
    {
        JsonObject map => new JsonObject(map.Select(m => KeyValuePair.Create(m.Key, Filled(m.Value, m.Key)))),
        JsonArray list => new JsonArray([.. list.Select(item => Filled(item, name))]),
        JsonValue value when value.TryGetValue(out string? text) => Filled(text, name),
        _ => node?.DeepClone(),
    };

    private string Filled(string text, string? name) =>
        TimeOf(text) is not { } time ? UidReference().Replace(text, UidOf)
        : time.UtcDateTime.ToString(name == "eventTime" ? "yyyy-MM-dd'T'HH:mm:ss.ffffff'Z'" : "yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);

    private DateTimeOffset? TimeOf(string text) =>
        Offset().Match(text) is { Success: true } offset ? now - TimeSpan.FromSeconds(long.Parse(offset.Groups[1].Value, CultureInfo.InvariantCulture)) : null;

    // An object that is gone has a UID too, the same each time.
    private string UidOf(Match reference)
    {
        string key = Key(reference.Groups[1].Value, reference.Groups[2].Value, reference.Groups[3].Value);
        return _uids.TryGetValue(key, out string? known) ? known : _uids[key] = new Guid(SHA256.HashData(Encoding.UTF8.GetBytes(key)).AsSpan(0, 16)).ToString();
    }

    private static string Key(string kind, string? ns, string name) => $"{kind}/{ns}/{name}";

    [GeneratedRegex(@"^-(\d{1,9})s$")]
    private static partial Regex Offset();

    [GeneratedRegex(@"@uid\(([A-Za-z]+)/([^/)]*)/([^)]+)\)")]
    private static partial Regex UidReference();
}
