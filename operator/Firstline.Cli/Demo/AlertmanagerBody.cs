using System.Text.Json.Nodes;

namespace Firstline.Cli.Demo;

/// <summary>A body as Alertmanager's webhook_config posts it (version 4), for one alert.</summary>
internal static class AlertmanagerBody
{
    /// <param name="startsAt">When the alert began to fire.</param>
    /// <param name="endsAt">When it ended; null while it fires.</param>
    public static string OomKilled(DateTimeOffset startsAt, DateTimeOffset? endsAt)
    {
        JsonObject Labels() => new()
        {
            ["alertname"] = "KubeContainerOOMKilled", ["namespace"] = "shop", ["deployment"] = "checkout", ["container"] = "app", ["severity"] = "warning",
        };
        JsonObject Annotations() => new() { ["summary"] = "Container app of Deployment checkout was killed at its memory limit." };
        string state = endsAt is null ? "firing" : "resolved";
        return new JsonObject
        {
            ["version"] = "4",
            ["groupKey"] = "{}:{alertname=\"KubeContainerOOMKilled\"}",
            ["truncatedAlerts"] = 0,
            ["status"] = state,
            ["receiver"] = "firstline",
            ["groupLabels"] = new JsonObject { ["alertname"] = "KubeContainerOOMKilled" },
            ["commonLabels"] = Labels(),
            ["commonAnnotations"] = Annotations(),
            ["externalURL"] = "http://alertmanager.monitoring:9093",
            ["alerts"] = new JsonArray(new JsonObject
            {
                ["status"] = state,
                ["labels"] = Labels(),
                ["annotations"] = Annotations(),
                ["startsAt"] = startsAt.ToString("O"),
                ["endsAt"] = (endsAt ?? DateTimeOffset.MinValue).ToString("O"),
                ["generatorURL"] = "http://prometheus.monitoring:9090/graph",
                ["fingerprint"] = "b2c6f1d09a4e7c35",
            }),
        }.ToJsonString();
    }
}
