using System.Collections.Immutable;
using Firstline.Api.V1Alpha1;

namespace Firstline.Core.Facts;

/// <summary>What is read of a CronJob.</summary>
public sealed record CronJobFacts
{
    /// <summary>The CronJob, with its UID.</summary>
    public required TargetRef Ref { get; init; }

    /// <summary><c>metadata.labels</c>.</summary>
    public ImmutableSortedDictionary<string, string> Labels { get; init; } = ImmutableSortedDictionary<string, string>.Empty;

    /// <summary>True when somebody marked it as not to be changed; see <see cref="PauseMark"/>.</summary>
    public bool IsPausedByMark { get; init; }

    /// <summary><c>metadata.creationTimestamp</c>.</summary>
    public DateTimeOffset CreatedAt { get; init; }

    /// <summary>What remediation changed it last; null when none did.</summary>
    public RemediationMark? LastRemediation { get; init; }

    /// <summary><c>metadata.generation</c>.</summary>
    public long Generation { get; init; }

    /// <summary><c>spec.suspend</c>.</summary>
    public bool Suspended { get; init; }

    /// <summary><c>spec.concurrencyPolicy</c>: Allow, Forbid or Replace.</summary>
    public string ConcurrencyPolicy { get; init; } = "Allow";

    /// <summary><c>spec.jobTemplate</c> as JSON text.</summary>
    public string JobTemplateJson { get; init; } = "{}";

    /// <summary><c>spec.schedule</c>.</summary>
    public string Schedule { get; init; } = "";

    /// <summary>The zone of <c>spec.timeZone</c>; null when none is declared, so that the control plane's own counts, which is UTC nearly everywhere.</summary>
    public TimeZoneInfo? Zone { get; init; }

    /// <summary>True when <c>spec.timeZone</c> names a zone that is not known here.</summary>
    public bool HasUnknownZone { get; init; }

    /// <summary>The newest change of its spec; null when unknown.</summary>
    public ChangeStamp? LastChange { get; init; }

    /// <summary><c>status.lastScheduleTime</c>: when the Job that was started last was due; null when none was.</summary>
    public DateTimeOffset? LastScheduleTime { get; init; }

    /// <summary><c>status.lastSuccessfulTime</c>; null when none succeeded.</summary>
    public DateTimeOffset? LastSuccessfulTime { get; init; }
}
