using System.ComponentModel.DataAnnotations;

namespace Firstline.Api.V1Alpha1;

/// <summary>One signal and what became of it.</summary>
public sealed record SignalRecord
{
    /// <summary>Identity of the signal at its source.</summary>
    [Required, MaxLength(253)]
    public string Fingerprint { get; init => field = value ?? ""; } = "";

    /// <summary>Who sent it.</summary>
    public IncidentSource Source { get; init; }

    /// <summary>Name of the detector or alert.</summary>
    [MaxLength(253)]
    public string Name { get; init => field = value ?? ""; } = "";

    /// <summary>Whether it still reports trouble.</summary>
    public SignalState State { get; init; }

    /// <summary>When it fired first.</summary>
    public DateTimeOffset FirstSeen { get; init; }

    /// <summary>When the trouble that it reports now, or reported last, began, as its source says; deliveries that are about an earlier time are late. Left out when it is not known.</summary>
    public DateTimeOffset? StartedAt { get; init; }

    /// <summary>When it was last heard of.</summary>
    public DateTimeOffset LastSeen { get; init; }

    /// <summary>When it resolved; left out while it fires.</summary>
    public DateTimeOffset? ResolvedAt { get; init; }

    /// <summary>How often it reported trouble.</summary>
    [Range(0, int.MaxValue)]
    public int Count { get; init; }

    /// <summary>What it said last, in one sentence.</summary>
    [MaxLength(1024)]
    public string Summary { get; init => field = value ?? ""; } = "";

    /// <summary>Cause from the taxonomy that the signal points to, such as ReadinessProbeFailing; left out when it points to none. A hint, weighed against what the objects show.</summary>
    [MaxLength(63)]
    public string? CauseHint { get; init; }

    /// <summary>Category that a rule of the users gives it; left out for that of the cause.</summary>
    [MaxLength(63)]
    public string? Category { get; init; }
}
