using System.Text.Json.Nodes;
using Firstline.DevServer.Schemas;

namespace Firstline.DevServer.Tables;

/// <summary>The TARGETS cell of an autoscaler: what is measured and what is wanted, for the first two metrics.</summary>
internal static class AutoscalerTargets
{
    private const string Unknown = "<unknown>";

    public static string Format(JsonObject autoscaler)
    {
        JsonObject[] wanted = [.. autoscaler.Objects("spec", "metrics")];
        JsonObject[] current = [.. autoscaler.Objects("status", "currentMetrics")];
        if (wanted.Length == 0)
        {
            return Cells.None;
        }

        IEnumerable<string> shown = wanted.Take(2).Select((m, i) => Metric(m, i < current.Length ? current[i] : null));
        string rest = wanted.Length > 2 ? $" + {wanted.Length - 2} more..." : "";
        return string.Join(", ", shown) + rest;
    }

    private static string Metric(JsonObject metric, JsonObject? current)
    {
        string type = metric.Text("type") ?? "";
        string section = type.Length == 0 ? "" : char.ToLowerInvariant(type[0]) + type[1..];
        JsonNode? source = metric.At(section);
        JsonNode? measured = current.At(section, "current");
        string prefix = type is "Resource" or "ContainerResource" ? $"{source.Text("name")}: " : "";
        if (source.Integer("target", "averageUtilization") is { } percent)
        {
            string now = measured.Integer("averageUtilization") is { } used ? $"{used}%" : Unknown;
            return $"{prefix}{now}/{percent}%";
        }

        string unit = source.Text("target", "averageValue") is null || type is "Resource" or "Pods" or "ContainerResource" ? "" : " (avg)";
        string name = source.Text("target", "averageValue") is null ? "value" : "averageValue";
        return $"{prefix}{measured.Text(name) ?? Unknown}/{source.Text("target", name)}{unit}";
    }
}
