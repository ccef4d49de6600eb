using System.Collections.Immutable;
using System.Text.Json.Nodes;
using Firstline.DevServer.Schemas;

namespace Firstline.DevServer.Tables;

internal static class ClusterColumns
{
    private const string RolePrefix = "node-role.kubernetes.io/";

    public static Dictionary<string, ImmutableArray<Column>> All { get; } = new()
    {
        ["Namespace"] = [Column.Text("Status", o => Cells.Text(o, "status", "phase")), Column.Age],
        ["Lease"] = [Column.Text("Holder", o => Cells.Text(o, "spec", "holderIdentity")), Column.Age],
        ["Node"] =
        [
            Column.Text("Status", NodeStatus),
            Column.Text("Roles", NodeRoles),
            Column.Age,
            Column.Text("Version", o => Cells.Text(o, "status", "nodeInfo", "kubeletVersion")),
            Column.Wide("Internal-IP", o => NodeAddress(o, "InternalIP")),
            Column.Wide("External-IP", o => NodeAddress(o, "ExternalIP")),
            NodeInfo("OS-Image", "osImage"),
            NodeInfo("Kernel-Version", "kernelVersion"),
            NodeInfo("Container-Runtime", "containerRuntimeVersion"),
        ],
        ["Event"] =
        [
            new Column("Last Seen", "string", 0, (o, now) => HumanDuration.Since(LastSeen(o), now)),
            Column.Text("Type", o => Cells.Text(o, "type")),
            Column.Text("Reason", o => Cells.Text(o, "reason")),
            Column.Text("Object", o => Object(Involved(o))),
            Column.Wide("Subobject", o => Involved(o).Text("fieldPath") ?? ""),
            Column.Wide("Source", Source),
            Column.Text("Message", o => (o.Text("message") ?? o.Text("note") ?? "").Trim()),
            new Column("First Seen", "string", 1, (o, now) => HumanDuration.Since(o.Time("firstTimestamp") ?? o.Time("deprecatedFirstTimestamp") ?? o.Time("eventTime"), now)),
            new Column("Count", "string", 1, (o, _) => $"{Count(o)}"),
            Column.Wide("Name", o => Cells.Text(o, "metadata", "name")),
        ],
    };

    private static Column NodeInfo(string heading, string field) =>
        Column.Wide(heading, o => o.Text("status", "nodeInfo", field) is { Length: > 0 } known ? known : HumanDuration.Unknown);

    private static string NodeStatus(JsonObject node)
    {
        string? ready = node.Objects("status", "conditions").FirstOrDefault(c => c.Text("type") == "Ready")?.Text("status");
        string state = ready switch { "True" => "Ready", null => "Unknown", _ => "NotReady" };
        return node.Flag("spec", "unschedulable") ? $"{state},SchedulingDisabled" : state;
    }

    private static string NodeRoles(JsonObject node) => Cells.Join((node.Fields("metadata", "labels") ?? [])
        .Where(l => l.Key.StartsWith(RolePrefix, StringComparison.Ordinal))
        .Select(l => l.Key[RolePrefix.Length..])
        .Order(StringComparer.Ordinal));

    private static string NodeAddress(JsonObject node, string type) =>
        Cells.OrNone(node.Objects("status", "addresses").FirstOrDefault(a => a.Text("type") == type)?.Text("address"));

    // core/v1 and events.k8s.io/v1 show the same events under different names.
    private static JsonObject? Involved(JsonObject shown) => shown.Fields("involvedObject") ?? shown.Fields("regarding");

    private static string Object(JsonObject? involved) => $"{involved.Text("kind")?.ToLowerInvariant()}/{involved.Text("name")}";

    private static DateTimeOffset? LastSeen(JsonObject shown) =>
        shown.Time("series", "lastObservedTime") ?? shown.Time("lastTimestamp") ?? shown.Time("deprecatedLastTimestamp") ?? shown.Time("eventTime");

    private static long Count(JsonObject shown) =>
        shown.Integer("series", "count") ?? shown.Integer("count") ?? shown.Integer("deprecatedCount") ?? 1;

    private static string Source(JsonObject shown)
    {
        JsonObject? source = shown.Fields("source") ?? shown.Fields("deprecatedSource");
        string name = source.Text("component") is { Length: > 0 } component
            ? component
            : shown.Text("reportingComponent") ?? shown.Text("reportingController") ?? "";
        return source.Text("host") is { Length: > 0 } host ? $"{name}, {host}" : name;
    }
}
