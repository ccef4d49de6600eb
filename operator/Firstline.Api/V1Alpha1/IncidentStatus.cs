using System.Collections.Immutable;
using System.ComponentModel.DataAnnotations;
using Firstline.Api.Meta;
using Firstline.Api.Schema;

namespace Firstline.Api.V1Alpha1;

/// <summary>What the operator found out and did.</summary>
/// <remarks>Several controllers apply parts of it by server-side apply; each field names its writer.</remarks>
public sealed record IncidentStatus
{
    /// <summary>The spec's generation that this status is about. Written by the diagnosis controller.</summary>
    [Range(0, long.MaxValue)]
    public long? ObservedGeneration { get; init; }

    /// <summary>Where the incident is on its way, for people: derived from the conditions and never read back. Written by the planning controller.</summary>
    [MaxLength(32)]
    public string? Stage { get; init; }

    /// <summary>What happens next and what to type, in one or two sentences. Written by the planning controller.</summary>
    [MaxLength(1024)]
    public string? NextStep { get; init; }

    /// <summary>The incident that deals with the cause of this one, which then has no plan of its own. Written by the planning controller.</summary>
    public ParentReference? Parent { get; init; }

    /// <summary>Who acts: L1 the operator, L2 the operator after approval, L3 humans. Written by the planning controller.</summary>
    public RemediationLevel? Level { get; init; }

    /// <summary>Why this level, in one sentence. Written by the planning controller.</summary>
    [MaxLength(1024)]
    public string? LevelReason { get; init; }

    /// <summary>The confirmed severity, or else the suggested one. Written by the diagnosis controller.</summary>
    public Severity? Severity { get; init; }

    /// <summary>Severity that the operator suggests. Written by the diagnosis controller.</summary>
    public Severity? SuggestedSeverity { get; init; }

    /// <summary>Why that severity, in one sentence with numbers. Written by the diagnosis controller.</summary>
    [MaxLength(1024)]
    public string? SeverityReason { get; init; }

    /// <summary>What kind of trouble it is, from the taxonomy in the docs, such as rollout or workload-crash. Written by the diagnosis controller.</summary>
    [MaxLength(63)]
    public string? Category { get; init; }

    /// <summary>Kind and name of the target, for people. Written by the diagnosis controller.</summary>
    [MaxLength(320)]
    public string? Target { get; init; }

    /// <summary>The likeliest cause and its confidence, for people. Written by the diagnosis controller.</summary>
    [MaxLength(256)]
    public string? Hypothesis { get; init; }

    /// <summary>What a human said of it, and what follows. Written by the feedback controller.</summary>
    public FeedbackRecord? Feedback { get; init; }

    /// <summary>How often signals reported it. Written by the detection controller.</summary>
    [Range(0, int.MaxValue)]
    public int? Count { get; init; }

    /// <summary>The signals behind the incident, by fingerprint. Written by the detection controller.</summary>
    [ListMap("fingerprint"), MaxLength(64)]
    public ImmutableArray<SignalRecord> Signals { get; init => field = value.IsDefault ? [] : value; } = [];

    /// <summary>
    /// Signals that fire and have no room in the list of signals: 16 hexadecimal digits of the SHA-256 of the fingerprint, @, and when it began. The incident is not
    /// over while one of them fires. Written by the detection controller.
    /// </summary>
    [ListSet, MaxLength(1024), ItemBounds(40, MinLength = 1)]
    public ImmutableArray<string> UnlistedSignals { get; init => field = value.IsDefault ? [] : value; } = [];

    /// <summary>What was observed, each with an id that hypotheses cite. Written by the diagnosis controller.</summary>
    [ListMap("id"), MaxLength(80)]
    public ImmutableArray<EvidenceItem> Evidence { get; init => field = value.IsDefault ? [] : value; } = [];

    /// <summary>The highest number of an evidence id given out so far, so that none is ever used again. Written by the diagnosis controller.</summary>
    [Range(0, int.MaxValue)]
    public int? LastEvidenceNumber { get; init; }

    /// <summary>Possible causes, the likeliest first. Hypotheses, not facts. Written by the diagnosis controller.</summary>
    [ListMap("id"), MaxLength(16)]
    public ImmutableArray<Hypothesis> Hypotheses { get; init => field = value.IsDefault ? [] : value; } = [];

    /// <summary>Recent changes that may have to do with it, the most suspicious first. Written by the diagnosis controller.</summary>
    [ListMap("id"), MaxLength(16)]
    public ImmutableArray<ChangeRecord> Changes { get; init => field = value.IsDefault ? [] : value; } = [];

    /// <summary>The first page of the investigation. Written by the diagnosis controller.</summary>
    public Triage? Triage { get; init; }

    /// <summary>The questions that a model was asked about it, the oldest first. Written by the diagnosis controller.</summary>
    [ListMap("id"), MaxLength(8)]
    public ImmutableArray<ModelCallRecord> ModelCalls { get; init => field = value.IsDefault ? [] : value; } = [];

    /// <summary>RemediationRequests made for it. Written by the planning controller.</summary>
    [ListMap("name"), MaxLength(32)]
    public ImmutableArray<RemediationSummary> Remediations { get; init => field = value.IsDefault ? [] : value; } = [];

    /// <summary>What happened, in order of time; each controller owns its entries.</summary>
    [ListMap("id"), MaxLength(256)]
    public ImmutableArray<TimelineEntry> Timeline { get; init => field = value.IsDefault ? [] : value; } = [];

    /// <summary>The moments that durations are measured between; each set once.</summary>
    public IncidentClocks? Clocks { get; init; }

    /// <summary>Detected, Diagnosed, Refined where a model is configured, SeverityConfirmed, Permitted, Executed, Verified, Escalated, Attached while another incident deals with the cause, Tuned after feedback, and the summary Resolved; each owned by one controller.</summary>
    [ListMap("type"), MaxLength(16)]
    public ImmutableArray<Condition> Conditions { get; init => field = value.IsDefault ? [] : value; } = [];
}
