using System.Text.Json;
using Firstline.Api.Meta;
using Firstline.Controllers.Observation.Reading;
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
        return Scheduled(cron.Spec ?? CronJobSpecWire.None, cron.Status ?? CronJobStatusWire.None) with
        {
            Ref = Projecting.Ref(BuiltinTypes.CronJobs, metadata),
            Labels = metadata.Labels,
            IsPausedByMark = Projecting.IsPaused(metadata),
            LastRemediation = Projecting.LastRemediation(metadata),
            CreatedAt = metadata.CreationTimestamp ?? default,
            Generation = metadata.Generation,
            LastChange = ManagedChange.Read(json),
        };
    }

    private static CronJobFacts Scheduled(CronJobSpecWire spec, CronJobStatusWire status)
    {
        string? named = spec.TimeZone is { Length: > 0 } zone ? zone : null;
        TimeZoneInfo? found = named is null ? null : TimeZones.Find(named);
        return new()
        {
            Ref = new(),
            Suspended = spec.Suspend,
            ConcurrencyPolicy = spec.ConcurrencyPolicy ?? "Allow",
            JobTemplateJson = spec.JobTemplate?.GetRawText() ?? "{}",
            Schedule = spec.Schedule ?? "",
            Zone = found,
            HasUnknownZone = named is not null && found is null,
            LastScheduleTime = status.LastScheduleTime,
            LastSuccessfulTime = status.LastSuccessfulTime,
        };
    }
}
