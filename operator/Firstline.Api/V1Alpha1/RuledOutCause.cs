using System.Collections.Immutable;
using System.ComponentModel.DataAnnotations;
using Firstline.Api.Schema;

namespace Firstline.Api.V1Alpha1;

/// <summary>Causes that one observation speaks against. As with every hypothesis, a human may know better.</summary>
public sealed record RuledOutCause
{
    /// <summary>Labels from the taxonomy in the docs.</summary>
    [Required, MinLength(1), MaxLength(8), ItemBounds(63, MinLength = 1)]
    public ImmutableArray<string> Causes { get; init => field = value.IsDefault ? [] : value; } = [];

    /// <summary>What was observed that speaks against them, in one sentence.</summary>
    [Required, MaxLength(512)]
    public string Why { get; init => field = value ?? ""; } = "";

    /// <summary>Ids of the evidence that shows it.</summary>
    [MaxLength(32), ItemBounds(16, MinLength = 1)]
    public ImmutableArray<string> Evidence { get; init => field = value.IsDefault ? [] : value; } = [];
}
