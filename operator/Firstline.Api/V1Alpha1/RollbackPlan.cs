using System.Collections.Immutable;
using System.ComponentModel.DataAnnotations;
using Firstline.Api.Schema;

namespace Firstline.Api.V1Alpha1;

/// <summary>How a human would take a change back. Nothing of it is done by itself.</summary>
public sealed record RollbackPlan
{
    /// <summary>What to type, in this order.</summary>
    [MaxLength(4), ItemBounds(1024, MinLength = 1)]
    public ImmutableArray<string> Commands { get; init => field = value.IsDefault ? [] : value; } = [];

    /// <summary>What is expected to be down meanwhile, in one sentence.</summary>
    [MaxLength(512)]
    public string Downtime { get; init => field = value ?? ""; } = "";

    /// <summary>What may go wrong, and what is not known, in one sentence.</summary>
    [MaxLength(512)]
    public string Risk { get; init => field = value ?? ""; } = "";

    /// <summary>What would be lost by it, in one sentence.</summary>
    [MaxLength(1024)]
    public string Lost { get; init => field = value ?? ""; } = "";
}
