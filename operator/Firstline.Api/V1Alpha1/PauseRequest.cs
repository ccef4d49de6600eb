using System.Collections.Immutable;
using System.ComponentModel.DataAnnotations;
using Firstline.Api.Schema;

namespace Firstline.Api.V1Alpha1;

/// <summary>One party's wish that nothing be changed. Nothing is, while any such wish holds: taking back one's own lets nobody else's go.</summary>
public sealed record PauseRequest
{
    /// <summary>Who asks, unique in the policy: a team, or a tool such as a deployment pipeline.</summary>
    [Required, MinLength(1), MaxLength(63)]
    public string Owner { get; init => field = value ?? ""; } = "";

    /// <summary>Why; shown on every request that waits.</summary>
    [Required, MinLength(1), MaxLength(512)]
    public string Reason { get; init => field = value ?? ""; } = "";

    /// <summary>When it ends by itself; left out, it holds until it is taken away.</summary>
    public DateTimeOffset? ExpiresAt { get; init; }

    /// <summary>Namespaces that it is for; empty for all.</summary>
    [ListSet, MaxLength(256), ItemBounds(63, MinLength = 1)]
    public ImmutableArray<string> Namespaces { get; init => field = value.IsDefault ? [] : value; } = [];

    /// <summary>Names of the runbooks that it is for; empty for all.</summary>
    [ListSet, MaxLength(256), ItemBounds(253, MinLength = 1)]
    public ImmutableArray<string> Runbooks { get; init => field = value.IsDefault ? [] : value; } = [];
}
