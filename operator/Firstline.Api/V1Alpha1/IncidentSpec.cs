using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using Firstline.Api.Schema;

namespace Firstline.Api.V1Alpha1;

/// <summary>What was reported.</summary>
[Cel("has(self.fingerprint) == has(oldSelf.fingerprint)", "spec.fingerprint is a fact and can't be added or removed")]
public sealed record IncidentSpec
{
    /// <summary>Who reported it first.</summary>
    [DefaultValue(IncidentSource.Manual)]
    [Cel("self == oldSelf", "spec.source is a fact and can't be changed")]
    public IncidentSource Source { get; init; }

    /// <summary>Name of the signal that reported it first: a detector or an alert, such as CrashLoopBackOff.</summary>
    [MaxLength(253)]
    public string? Signal { get; init; }

    /// <summary>Identity of the trouble: signals with the same fingerprint count up on one incident. Left out when created by hand.</summary>
    [MaxLength(253)]
    [Cel("self == oldSelf", "spec.fingerprint is a fact and can't be changed")]
    public string? Fingerprint { get; init; }

    /// <summary>The object in trouble; for pods of a workload, the workload.</summary>
    [Required]
    [Cel("self == oldSelf", "spec.target is a fact and can't be changed; create another incident")]
    public TargetRef Target { get; init => field = value ?? new(); } = new();

    /// <summary>What is wrong, in one sentence.</summary>
    [MaxLength(1024)]
    public string Summary { get; init => field = value ?? ""; } = "";

    /// <summary>Severity that a human decided on; while it is left out, the suggested one counts as unconfirmed.</summary>
    public Severity? Severity { get; init; }

    /// <summary>User name of the human who leads the response, who takes command in person: admission lets nobody name another, and no ServiceAccount be named.</summary>
    [MaxLength(253)]
    public string? Commander { get; init; }

    /// <summary>What a human says of it afterwards; tunes its detectors on this target as <c>spec.feedback</c> of the RemediationPolicy declares, and counts into the detectors' false-positive rates.</summary>
    public Feedback? Feedback { get; init; }
}
