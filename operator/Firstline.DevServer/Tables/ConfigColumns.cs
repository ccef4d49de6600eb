using System.Collections.Immutable;
using System.Text.Json.Nodes;
using Firstline.DevServer.Schemas;

namespace Firstline.DevServer.Tables;

internal static class ConfigColumns
{
    public static Dictionary<string, ImmutableArray<Column>> All { get; } = new()
    {
        ["ConfigMap"] = [Column.Count("Data", o => (o.Fields("data")?.Count ?? 0) + (o.Fields("binaryData")?.Count ?? 0)), Column.Age],
        ["Secret"] = [Column.Text("Type", o => o.Text("type")), Column.Count("Data", o => o.Fields("data")?.Count), Column.Age],
        ["ResourceQuota"] = [Column.Text("Request", o => Quota(o, "requests")), Column.Text("Limit", o => Quota(o, "limits")), Column.Age],
        ["LimitRange"] = [Column.CreatedAt],
        ["PriorityClass"] =
        [
            Column.Count("Value", o => o.Integer("value")),
            Column.Text("Global-Default", o => o.Flag("globalDefault") ? "true" : "false"),
            Column.Age,
            Column.Wide("PreemptionPolicy", o => o.Text("preemptionPolicy")),
        ],
    };

    private static string Quota(JsonObject quota, string side)
    {
        bool limits = side == "limits";
        IEnumerable<string> shown = (quota.Fields("status", "hard") ?? [])
            .Where(h => h.Key.StartsWith("limits", StringComparison.Ordinal) == limits)
            .OrderBy(h => h.Key, StringComparer.Ordinal)
            .Select(h => $"{h.Key}: {quota.Text("status", "used", h.Key) ?? "0"}/{h.Value.Text()}");
        return string.Join(", ", shown);
    }
}
