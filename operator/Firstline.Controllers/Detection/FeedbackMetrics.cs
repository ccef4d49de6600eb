using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using Firstline.Api.V1Alpha1;
using Firstline.Core.Detection;

namespace Firstline.Controllers.Detection;

/// <summary>Instruments of humans' feedback.</summary>
internal sealed class FeedbackMetrics : IDisposable
{
    private static readonly Meter Meter = new("Firstline.Controllers.Detection");

    private static readonly Counter<long> Given = Meter.CreateCounter<long>(
        "firstline_feedback_total", description: "Feedback that humans gave on incidents, by detector or alert and by what they said.");

    private static readonly Counter<long> Held = Meter.CreateCounter<long>(
        "firstline_findings_held_total", description: "Looks at which a finding was held back because of a human's feedback, by detector.");

    private static readonly ConcurrentDictionary<FeedbackMetrics, Func<IEnumerable<Incident>>> Shown = new();

    static FeedbackMetrics() => Meter.CreateObservableGauge(
        "firstline_false_positive_ratio",
        static () => Shown.Values.SelectMany(static incidents => DetectorScore.Of(incidents())).Where(static s => s.FalsePositives > 0)
            .Select(static s => new Measurement<double>(s.FalsePositiveRate, new KeyValuePair<string, object?>("detector", s.Name))),
        description: "Share of a detector's or alert's incidents, of those that are kept, that humans called false positives; absent without any.");

    /// <summary>Shows the rates of these incidents until <see cref="Dispose"/>.</summary>
    /// <param name="incidents">The incidents that are kept; called from any thread.</param>
    public FeedbackMetrics(Func<IEnumerable<Incident>> incidents) => Shown[this] = incidents;

    public static void Taken(Feedback given, Incident incident)
    {
        foreach (DetectorScore score in DetectorScore.Of([incident]))
        {
            Given.Add(1, new KeyValuePair<string, object?>("detector", score.Name), new KeyValuePair<string, object?>("feedback", given.ToString()));
        }
    }

    public static void HeldBack(string detector) => Held.Add(1, new KeyValuePair<string, object?>("detector", detector));

    public void Dispose() => Shown.TryRemove(this, out _);
}
