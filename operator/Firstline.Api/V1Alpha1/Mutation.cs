using System.ComponentModel.DataAnnotations;

namespace Firstline.Api.V1Alpha1;

/// <summary>One change of one object, ready to be sent.</summary>
public sealed record Mutation
{
    /// <summary>What is sent.</summary>
    public MutationVerb Verb { get; init; }

    /// <summary>The object; its UID is a precondition, but for one that is created. Of a call <c>Webhook/NAME</c>, which is in no cluster.</summary>
    [Required]
    public TargetRef Target { get; init => field = value ?? new(); } = new();

    /// <summary>A patch, the object to create, <c>{"pods":[{namespace, name, uid}]}</c> for evictions from a Node, or <c>{"taint":{key, value, effect},"wanted":true}</c>, what a webhook is told, as JSON text; left out for a deletion. The executor adds preconditions and its marker.</summary>
    [MaxLength(262144)]
    public string? Body { get; init; }
}
