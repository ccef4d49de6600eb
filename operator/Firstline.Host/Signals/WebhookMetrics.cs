using System.Diagnostics.Metrics;
using System.Globalization;

namespace Firstline.Host.Signals;

/// <summary>Instruments of the webhook.</summary>
internal static class WebhookMetrics
{
    private static readonly Meter Meter = new("Firstline.Host.Signals");

    private static readonly Counter<long> Requests = Meter.CreateCounter<long>(
        "firstline_webhook_requests_total", description: "Webhook requests by the HTTP status they were answered with.");

    private static readonly Counter<long> Signals = Meter.CreateCounter<long>(
        "firstline_webhook_signals_total", description: "Signals taken from webhook requests and stored.");

    private static readonly Counter<long> LeftOut = Meter.CreateCounter<long>(
        "firstline_webhook_signals_left_out_total", description: "Alerts of webhook requests that cannot be read, or that no repetition would store.");

    public static void Answered(int status) =>
        Requests.Add(1, new KeyValuePair<string, object?>("code", status.ToString(CultureInfo.InvariantCulture)));

    public static void Stored(int signals, int leftOut)
    {
        Signals.Add(signals);
        LeftOut.Add(leftOut);
    }
}
