using System.Text.Json;
using Firstline.Api.Meta;

namespace Firstline.Controllers.Observation.Wire;

internal sealed record JobWire(ObjectMeta? Metadata, JobSpecWire? Spec, JobStatusWire? Status);

internal sealed record JobSpecWire(bool Suspend);

internal sealed record JobStatusWire(int Active, int Succeeded, int Failed, ConditionWire[]? Conditions)
{
    public static readonly JobStatusWire None = new(0, 0, 0, null);
}

internal sealed record CronJobWire(ObjectMeta? Metadata, CronJobSpecWire? Spec, CronJobStatusWire? Status);

internal sealed record CronJobSpecWire(bool Suspend, string? ConcurrencyPolicy, JsonElement? JobTemplate, string? Schedule, string? TimeZone)
{
    public static readonly CronJobSpecWire None = new(false, null, null, null, null);
}

/// <summary>A Job once more, for its whole spec.</summary>
internal sealed record JobAgainWire(JsonElement? Spec);

internal sealed record CronJobStatusWire(DateTimeOffset? LastSuccessfulTime, DateTimeOffset? LastScheduleTime)
{
    public static readonly CronJobStatusWire None = new(null, null);
}
