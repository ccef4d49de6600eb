using System.ComponentModel.DataAnnotations;

namespace Firstline.Api.V1Alpha1;

/// <summary>One change of one object, ready to be sent.</summary>
public sealed record Mutation
{
    /// <summary>What is sent.</summary>
    public MutationVerb Verb { get; init; }

    /// <summary>The object; its UID is a precondition.</summary>
    [Required]
    public TargetRef Target { get; init => field = value ?? new(); } = new();

    /// <summary>Body of a patch, as JSON text; left out for a deletion. The executor adds the preconditions and its marker.</summary>
    [MaxLength(262144)]
    public string? Body { get; init; }
}
