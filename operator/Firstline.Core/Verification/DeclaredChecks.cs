using System.Collections.Immutable;
using System.Globalization;
using Firstline.Api.V1Alpha1;
using Firstline.Core.Facts;
using Firstline.Core.Planning;

namespace Firstline.Core.Verification;

/// <summary>Judges the checks that a runbook declares, by what was read for them.</summary>
internal static class DeclaredChecks
{
    internal static ImmutableArray<CheckSeen> Of(VerificationInput input, DateTimeOffset now) =>
    [
        .. input.Spec.Metrics.Select(check => Judge(CheckNames.Of(check), input, now, reading => OfMetric(check, reading))),
        .. input.Spec.Probes.Select(check => Judge(CheckNames.Of(check), input, now, reading => OfProbe(check, reading))),
        .. input.Spec.Jobs.Select(check => Judge(CheckNames.Of(check), input, now, reading => OfJob(check, reading, input.ChangedAt))),
    ];

    // What was asked before the change, or long ago, says nothing of the target as it is.
    private static CheckSeen Judge(string name, VerificationInput input, DateTimeOffset now, Func<CheckReading, (bool? Holds, string Message)> judge)
    {
        (bool? holds, string message) = input.Readings.GetValueOrDefault(name) is { } reading && reading.At >= input.ChangedAt && reading.At <= now && now - reading.At <= CheckReading.Lifetime
            ? judge(reading)
            : (null, "it was not answered yet");
        return new(name, holds, $"{name}: {message}");
    }

    private static (bool? Holds, string Message) OfMetric(MetricCheck check, CheckReading reading) => reading switch
    {
        CheckReading.OfMetric { Answer: MetricAnswer.Samples { Values.IsEmpty: true } } => (null, "Prometheus has no such series"),
        CheckReading.OfMetric { Answer: MetricAnswer.Samples samples } => OfValues(check, samples.Values),
        CheckReading.OfMetric { Answer: MetricAnswer.Unknown unknown } => (null, unknown.Why),
        _ => (null, "it was not answered"),
    };

    private static (bool? Holds, string Message) OfValues(MetricCheck check, ImmutableArray<MetricSample> values)
    {
        if (values.FirstOrDefault(static v => double.IsNaN(v.Value)) is { } odd)
        {
            return (null, $"{Text(odd)} is no number");
        }

        double? least = VerificationText.Bound(check.Min), most = VerificationText.Bound(check.Max);
        if (least is null && most is null)
        {
            return (null, "it has no bound that can be read");
        }

        MetricSample? outside = values.FirstOrDefault(v => v.Value < least || v.Value > most);
        string bounds = string.Join(" and ", new[] { least is null ? null : $"at least {check.Min}", most is null ? null : $"at most {check.Max}" }.OfType<string>());
        return outside is null ? (true, $"{Text(values[0])}{(values.Length > 1 ? $" and {values.Length - 1} more" : "")}, {bounds}") : (false, $"{Text(outside)}, should be {bounds}");
    }

    // Its labels stay out: whoever may read the request need not be one who may read Prometheus.
    private static string Text(MetricSample sample) => sample.Value.ToString("G6", CultureInfo.InvariantCulture);

    private static (bool? Holds, string Message) OfProbe(ProbeCheck check, CheckReading reading)
    {
        int wanted = check.Status ?? VerificationDefaults.ProbeStatus;
        return reading switch
        {
            CheckReading.OfProbe { Answer: ProbeAnswer.Status { Code: var code } } when code == wanted => (true, string.Create(CultureInfo.InvariantCulture, $"{check.Destination} answered {code}")),
            CheckReading.OfProbe { Answer: ProbeAnswer.Status { Code: var code } } => (false, string.Create(CultureInfo.InvariantCulture, $"{check.Destination} answered {code}, should be {wanted}")),
            CheckReading.OfProbe { Answer: ProbeAnswer.Unknown unknown } => (null, unknown.Why),
            _ => (null, "it was not answered"),
        };
    }

    private static (bool? Holds, string Message) OfJob(JobCheck check, CheckReading reading, DateTimeOffset changedAt)
    {
        string wanted = check.Job is { } name ? $"Job {name}" : $"Job of CronJob {check.CronJob}";
        JobFacts? newest = (reading as CheckReading.OfJobs)?.Jobs.Where(job => IsMeant(check, job) && job.Deletion is null && job.CreatedAt >= changedAt).MaxBy(static j => j.CreatedAt);
        return newest switch
        {
            null => (null, $"no {wanted} has begun since the change"),
            { HasSucceeded: true } => (true, $"{newest.Ref} has succeeded"),
            { HasFailed: true } => (false, $"{newest.Ref} has failed"),
            _ => (null, $"{newest.Ref} has not ended"),
        };
    }

    private static bool IsMeant(JobCheck check, JobFacts job) =>
        check.Job is { } name ? job.Ref.Name == name : job.Controller is { Kind: "CronJob" } owner && owner.Name == check.CronJob;
}
