using System.Collections.Immutable;
using System.ComponentModel.DataAnnotations;
using Firstline.Api.Meta;
using Firstline.Api.Schema;

namespace Firstline.Api.V1Alpha1;

/// <summary>How long what detectors find must last before an incident is opened, so that what comes and goes opens none.</summary>
public sealed record PatienceRule
{
    /// <summary>Name, unique in the policy; shown on the object of which a finding is held back.</summary>
    [Required, MinLength(1), MaxLength(63)]
    public string Name { get; init => field = value ?? ""; } = "";

    /// <summary>Names of detectors, such as CrashLoop; empty for all.</summary>
    [ListSet, MaxLength(64), ItemBounds(63, MinLength = 1)]
    public ImmutableArray<string> Detectors { get; init => field = value.IsDefault ? [] : value; } = [];

    /// <summary>Namespaces that it is for; empty for all, and for objects of the cluster.</summary>
    [ListSet, MaxLength(256), ItemBounds(63, MinLength = 1)]
    public ImmutableArray<string> Namespaces { get; init => field = value.IsDefault ? [] : value; } = [];

    /// <summary>How long a finding must have lasted, counted from when its trouble began.</summary>
    [Required]
    public Duration LastsFor { get; init; }
}
