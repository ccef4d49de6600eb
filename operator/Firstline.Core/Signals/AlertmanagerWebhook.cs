using System.Text.Json;

namespace Firstline.Core.Signals;

/// <summary>Reads what Alertmanager posts to a webhook receiver (version 4 of the format).</summary>
/// <remarks>
/// Unknown fields are ignored. Each alert is judged alone: one that cannot be read is named, the others are kept. The group's own status and
/// common labels are not used, since each alert carries its own and a group may hold firing and resolved ones.
/// See https://prometheus.io/docs/alerting/latest/configuration/#webhook_config.
/// </remarks>
public static class AlertmanagerWebhook
{
    /// <summary>Most bytes of a body.</summary>
    public const int MaxBytes = 4 * 1024 * 1024;

    /// <summary>Most alerts of a body; <c>max_alerts</c> of the receiver keeps Alertmanager below it.</summary>
    public const int MaxAlerts = 2000;

    private const int MaxDepth = 16;

    /// <summary>Reads a body.</summary>
    /// <param name="body">The body as received.</param>
    /// <param name="now">When it was received; stands in for a missing time.</param>
    public static WebhookReading Parse(ReadOnlySpan<byte> body, DateTimeOffset now)
    {
        if (body.Length > MaxBytes)
        {
            return Refuse($"the body has {body.Length} bytes and at most {MaxBytes} are read; set max_alerts in Alertmanager's webhook_config");
        }

        return JsonWebhook.Parse(body, MaxDepth, "send what Alertmanager's webhook_config sends", root => Read(root, now));
    }

    private static WebhookReading Read(JsonElement root, DateTimeOffset now)
    {
        if (root.ValueKind != JsonValueKind.Object)
        {
            return Refuse("the body is not a JSON object; send what Alertmanager's webhook_config sends");
        }

        if (root.TryGetProperty("version", out JsonElement version) && !(version.ValueKind == JsonValueKind.String && version.ValueEquals("4"u8)))
        {
            return Refuse("this version of the webhook format is not supported; send version \"4\", as Alertmanager does since 0.6");
        }

        if (!root.TryGetProperty("alerts", out JsonElement alerts) || alerts.ValueKind != JsonValueKind.Array)
        {
            return Refuse("the body has no list \"alerts\"; send what Alertmanager's webhook_config sends");
        }

        int count = alerts.GetArrayLength();
        return count > MaxAlerts
            ? Refuse($"the body has {count} alerts and at most {MaxAlerts} are read; set max_alerts in Alertmanager's webhook_config")
            : JsonWebhook.ReadAll(alerts.EnumerateArray(), "alerts", Truncated(root), (JsonElement alert, out string problem) => AlertReader.Read(alert, now, out problem));
    }

    private static int Truncated(JsonElement root) =>
        root.TryGetProperty("truncatedAlerts", out JsonElement value) && value.ValueKind == JsonValueKind.Number && value.TryGetInt32(out int count)
            ? Math.Max(0, count)
            : 0;

    private static WebhookReading.Refused Refuse(string problem) => new(problem);
}
