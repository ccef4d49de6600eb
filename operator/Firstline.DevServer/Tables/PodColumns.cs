using System.Collections.Immutable;
using System.Text.Json.Nodes;
using Firstline.DevServer.Schemas;

namespace Firstline.DevServer.Tables;

internal static class PodColumns
{
    public static Dictionary<string, ImmutableArray<Column>> All { get; } = new()
    {
        ["Pod"] =
        [
            Column.Text("Ready", o => PodStatusText.Of(o) is var s ? $"{s.Ready}/{s.Total}" : null),
            Column.Text("Status", o => PodStatusText.Of(o).Reason),
            new Column("Restarts", "string", 0, (o, now) => PodStatusText.Of(o).RestartText(now)),
            Column.Age,
            Column.Wide("IP", o => Cells.OrNone(o.Text("status", "podIP"))),
            Column.Wide("Node", o => Cells.OrNone(o.Text("spec", "nodeName"))),
            Column.Wide("Nominated Node", o => Cells.OrNone(o.Text("status", "nominatedNodeName"))),
            Column.Wide("Readiness Gates", ReadinessGates),
        ],
    };

    private static string ReadinessGates(JsonObject pod)
    {
        string[] gates = [.. pod.Objects("spec", "readinessGates").Select(g => g.Text("conditionType") ?? "")];
        int met = gates.Count(g => pod.Objects("status", "conditions").Any(c => c.Text("type") == g && c.Text("status") == "True"));
        return gates.Length == 0 ? Cells.None : $"{met}/{gates.Length}";
    }
}
