using System.Text.Json;
using Firstline.Api.Meta;
using Firstline.Controllers.Observation.Wire;
using Firstline.Core.Facts;

namespace Firstline.Controllers.Observation;

/// <summary>Reads what is read of Jobs and CronJobs.</summary>
internal static class JobProjection
{
    public static JobFacts ReadJob(ReadOnlySpan<byte> json)
    {
        JobWire job = JsonSerializer.Deserialize(json, WireJson.Default.JobWire) ?? new(null, null, null);
        ObjectMeta metadata = job.Metadata ?? new();
        JobStatusWire status = job.Status ?? JobStatusWire.None;
        JobFacts facts = new()
        {
            Ref = Projecting.Ref(BuiltinTypes.Jobs, metadata),
            Controller = Projecting.Controller(metadata),
            Labels = metadata.Labels,
            IsPausedByMark = Projecting.IsPaused(metadata),
            LastRemediation = Projecting.LastRemediation(metadata),
            CreatedAt = metadata.CreationTimestamp ?? default,
            Deletion = Projecting.Deletion(metadata),
            Active = status.Active,
            Succeeded = status.Succeeded,
            Failed = status.Failed,
            Suspended = job.Spec is { Suspend: true },
            Conditions = Projecting.Conditions(status.Conditions),
        };
        return facts.HasFailed ? facts with { FailedSpecJson = JsonSerializer.Deserialize(json, WireJson.Default.JobAgainWire)?.Spec?.GetRawText() } : facts;
    }

    public static CronJobFacts ReadCronJob(ReadOnlySpan<byte> json)
    {
        CronJobWire cron = JsonSerializer.Deserialize(json, WireJson.Default.CronJobWire) ?? new(null, null, null);
        ObjectMeta metadata = cron.Metadata ?? new();
        return new()
        {
            Ref = Projecting.Ref(BuiltinTypes.CronJobs, metadata),
            Labels = metadata.Labels,
            IsPausedByMark = Projecting.IsPaused(metadata),
            LastRemediation = Projecting.LastRemediation(metadata),
            CreatedAt = metadata.CreationTimestamp ?? default,
            Generation = metadata.Generation,
            Suspended = cron.Spec is { Suspend: true },
            ConcurrencyPolicy = cron.Spec?.ConcurrencyPolicy ?? "Allow",
            JobTemplateJson = cron.Spec?.JobTemplate?.GetRawText() ?? "{}",
            LastSuccessfulTime = cron.Status?.LastSuccessfulTime,
        };
    }
}
