using System.Collections.Immutable;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Firstline.Core.Facts;

namespace Firstline.Core.Diagnosis.Changes;

/// <summary>Says what differs between two pod templates.</summary>
internal static class TemplateComparison
{
    private const int MaxValue = 120;
    private static readonly JsonSerializerOptions Readable = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
    private static readonly ImmutableArray<string> Probes = ["livenessProbe", "readinessProbe", "startupProbe"];
    private static readonly ImmutableArray<string> Placement = ["nodeSelector", "affinity", "tolerations", "topologySpreadConstraints", "nodeName", "schedulerName"];

    private static readonly ImmutableArray<string> ContainerFields =
        ["name", "image", "env", "envFrom", "volumeMounts", "resources", "command", "args", .. Probes];

    /// <summary>The differences, images first.</summary>
    /// <param name="before">JSON text of the older template.</param>
    /// <param name="after">JSON text of the newer template.</param>
    public static ImmutableArray<TemplateDifference> Compare(string before, string after)
    {
        JsonNode? old = JsonNode.Parse(before), young = JsonNode.Parse(after);
        JsonObject oldSpec = old?["spec"] as JsonObject ?? [], newSpec = young?["spec"] as JsonObject ?? [];
        ImmutableArray<TemplateDifference>.Builder found = ImmutableArray.CreateBuilder<TemplateDifference>();
        CompareContainers("containers", oldSpec, newSpec, found);
        CompareContainers("initContainers", oldSpec, newSpec, found);
        if (Differs(oldSpec, newSpec, "volumes"))
        {
            found.Add(new(TemplateAspect.Configuration, "volumes"));
        }

        found.AddRange(Placement.Where(field => Differs(oldSpec, newSpec, field)).Select(static field => new TemplateDifference(TemplateAspect.Placement, field)));
        if (found.Count == 0)
        {
            found.Add(Rest(old, young, oldSpec, newSpec));
        }

        return [.. found.OrderBy(static d => d.Aspect)];
    }

    private static TemplateDifference Rest(JsonNode? old, JsonNode? young, JsonObject oldSpec, JsonObject newSpec) =>
        JsonNode.DeepEquals(oldSpec, newSpec) && !JsonNode.DeepEquals(old?["metadata"]?["annotations"], young?["metadata"]?["annotations"])
            ? new(TemplateAspect.RestartOnly, "annotations only, as a restart does")
            : new(TemplateAspect.Other, "other fields of the pod template");

    private static void CompareContainers(string list, JsonObject before, JsonObject after, ImmutableArray<TemplateDifference>.Builder found)
    {
        Dictionary<string, JsonObject> old = ByName(before[list]), young = ByName(after[list]);
        foreach ((string name, JsonObject container) in young.OrderBy(static c => c.Key, StringComparer.Ordinal))
        {
            if (old.TryGetValue(name, out JsonObject? earlier))
            {
                CompareContainer(name, earlier, container, found);
            }
            else
            {
                found.Add(new(TemplateAspect.Containers, $"container {name} added"));
            }
        }

        found.AddRange(old.Keys.Except(young.Keys).Order(StringComparer.Ordinal).Select(static name => new TemplateDifference(TemplateAspect.Containers, $"container {name} removed")));
    }

    private static void CompareContainer(string name, JsonObject before, JsonObject after, ImmutableArray<TemplateDifference>.Builder found)
    {
        if (Differs(before, after, "image"))
        {
            found.Add(new(TemplateAspect.Image, $"image of container {name} from {Value(before["image"])} to {Value(after["image"])}"));
        }

        if (Differs(before, after, "env"))
        {
            found.Add(new(TemplateAspect.Environment, $"environment of container {name} ({ChangedNames(before["env"], after["env"])})"));
        }

        if (Differs(before, after, "envFrom") || Differs(before, after, "volumeMounts"))
        {
            found.Add(new(TemplateAspect.Configuration, $"configuration that container {name} reads"));
        }

        if (Differs(before, after, "resources"))
        {
            found.Add(new(TemplateAspect.Resources, $"resources of container {name} from {Value(before["resources"])} to {Value(after["resources"])}"));
        }

        CompareStart(name, before, after, found);
    }

    private static void CompareStart(string name, JsonObject before, JsonObject after, ImmutableArray<TemplateDifference>.Builder found)
    {
        if (Differs(before, after, "command") || Differs(before, after, "args"))
        {
            found.Add(new(TemplateAspect.Command, $"command of container {name} from {Command(before)} to {Command(after)}"));
        }

        found.AddRange(Probes.Where(p => Differs(before, after, p)).Select(p => new TemplateDifference(TemplateAspect.Probe, $"{p} of container {name}")));
        if (before.Concat(after).Select(static f => f.Key).Distinct().Any(f => !ContainerFields.Contains(f) && Differs(before, after, f)))
        {
            found.Add(new(TemplateAspect.Other, $"other fields of container {name}"));
        }
    }

    private static bool Differs(JsonObject before, JsonObject after, string field) => !JsonNode.DeepEquals(before[field], after[field]);

    // Two of one name are taken with a warning, and the last one counts.
    private static Dictionary<string, JsonObject> ByName(JsonNode? list)
    {
        Dictionary<string, JsonObject> found = [];
        foreach (JsonObject item in (list as JsonArray ?? []).OfType<JsonObject>())
        {
            found[(string?)item["name"] ?? ""] = item;
        }

        return found;
    }

    private static string ChangedNames(JsonNode? before, JsonNode? after)
    {
        Dictionary<string, JsonObject> old = ByName(before), young = ByName(after);
        string names = string.Join(
            ", ",
            old.Keys.Union(young.Keys).Order(StringComparer.Ordinal).Where(n => !JsonNode.DeepEquals(old.GetValueOrDefault(n), young.GetValueOrDefault(n))));
        return names.Length > 0 ? BoundedText.Shorten(names, MaxValue) : "order";
    }

    private static string Command(JsonObject container) =>
        container["command"] is null && container["args"] is null ? "the image's own" : $"{Value(container["command"])} {Value(container["args"])}".Trim();

    private static string Value(JsonNode? node) => BoundedText.Of(Plain(node), MaxValue);

    // What JSON escapes no search for secrets would find.
    private static string Plain(JsonNode? node) => node switch
    {
        null => "",
        JsonArray list => string.Join(' ', list.Select(Plain)),
        JsonValue value => value.ToString(),
        _ => node.ToJsonString(Readable),
    };
}
