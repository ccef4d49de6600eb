using System.Text.Json.Nodes;

namespace Firstline.Core.Actions;

/// <summary>Reads a pod template's JSON.</summary>
internal static class PodTemplate
{
    /// <summary>The app containers; empty when the template has none.</summary>
    public static JsonArray Containers(string template) => JsonNode.Parse(template)?["spec"]?["containers"] as JsonArray ?? [];

    public static bool AreEqual(string one, string other) =>
        string.Equals(one, other, StringComparison.Ordinal) || JsonNode.DeepEquals(JsonNode.Parse(one), JsonNode.Parse(other));

    /// <summary>True when pods of both run the same: labels and annotations, such as the mark of a restart, make no difference to a container.</summary>
    public static bool RunTheSame(string one, string other) => JsonNode.DeepEquals(JsonNode.Parse(one)?["spec"], JsonNode.Parse(other)?["spec"]);

    /// <summary>True when an app or init container of the template runs that image.</summary>
    public static bool UsesImage(string template, string image)
    {
        JsonNode? spec = JsonNode.Parse(template)?["spec"];
        return Runs(spec?["containers"]) || Runs(spec?["initContainers"]);

        bool Runs(JsonNode? containers) => containers is JsonArray list && list.Any(c => (string?)c?["image"] == image);
    }

    /// <summary>The images that differ, as <c>image of app from web:2 back to web:1</c>; or that only other fields do.</summary>
    public static string DescribeImages(string wanted, string present)
    {
        Dictionary<string, string> now = Images(present);
        string[] differences =
        [
            .. from image in Images(wanted)
               where now.TryGetValue(image.Key, out string? old) && old != image.Value
               select $"image of container {image.Key} from {now[image.Key]} to {image.Value}",
        ];
        return differences.Length == 0 ? "same images, other fields differ" : string.Join(", ", differences);
    }

    private static Dictionary<string, string> Images(string template)
    {
        Dictionary<string, string> images = new(StringComparer.Ordinal);
        foreach (JsonNode? container in Containers(template))
        {
            images[(string?)container?["name"] ?? ""] = (string?)container?["image"] ?? "";
        }

        return images;
    }
}
