using System.Text.Json.Nodes;
using Firstline.DevServer.Schemas;

namespace Firstline.DevServer.Admission;

/// <summary>A pod's quality-of-service class, from what its containers request and are limited to.</summary>
internal static class PodQuality
{
    public static string Class(JsonObject podSpec)
    {
        JsonObject[] containers = [.. podSpec.Objects("containers"), .. podSpec.Objects("initContainers")];
        bool any = Array.Exists(containers, c => Has(c, "requests") || Has(c, "limits"));
        return !any ? "BestEffort" : Array.TrueForAll(containers, IsGuaranteed) ? "Guaranteed" : "Burstable";
    }

    private static bool Has(JsonObject container, string part) =>
        container.Fields("resources", part) is { } amounts && (amounts.ContainsKey("cpu") || amounts.ContainsKey("memory"));

    private static bool IsGuaranteed(JsonObject container) =>
        IsGuaranteed(container, "cpu") && IsGuaranteed(container, "memory");

    private static bool IsGuaranteed(JsonObject container, string resource) =>
        container.Text("resources", "limits", resource) is { } limit
        && (container.Text("resources", "requests", resource) is not { } request || Quantity.Parse(request) == Quantity.Parse(limit));
}
