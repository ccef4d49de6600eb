using System.Collections.Immutable;
using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using Firstline.Api.Schema;

namespace Firstline.Api.V1Alpha1;

/// <summary>A time in which no change begins, whatever the windows say.</summary>
[Cel("timestamp(self.from) < timestamp(self.until)", "from must be before until")]
public sealed record ChangeFreeze
{
    /// <summary>Name, unique in the policy.</summary>
    [Required, MinLength(1), MaxLength(63)]
    public string Name { get; init => field = value ?? ""; } = "";

    /// <summary>When it begins.</summary>
    [Required]
    public DateTimeOffset From { get; init; }

    /// <summary>When it ends.</summary>
    [Required]
    public DateTimeOffset Until { get; init; }

    /// <summary>Why, and who to ask; shown on every request that waits.</summary>
    [MaxLength(512)]
    public string? Reason { get; init; }

    /// <summary>Namespaces that it is for; empty for all.</summary>
    [ListSet, MaxLength(256), ItemBounds(63, MinLength = 1)]
    public ImmutableArray<string> Namespaces { get; init => field = value.IsDefault ? [] : value; } = [];

    /// <summary>Severities that need not wait for its end, once a human has confirmed them; empty for none.</summary>
    [ListSet, MaxLength(4)]
    public ImmutableArray<Severity> ExceptSeverities { get; init => field = value.IsDefault ? [] : value; } = [];

    /// <summary>True when people work on these namespaces meanwhile: what detectors find begins no incident before it ends. Alerts and incidents that are open already go on.</summary>
    [DefaultValue(false)]
    public bool Maintenance { get; init; }
}
