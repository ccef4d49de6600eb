using System.Collections.Immutable;
using Firstline.Api.V1Alpha1;
using Firstline.Core.Actions;
using Firstline.Core.Facts;

namespace Firstline.Core.Planning;

/// <summary>The one answer to what a plan changes: its target, what its mutations are about in both directions, and the pods that are evicted from a node.</summary>
public static class TouchedObjects
{
    /// <summary>The objects, the plan's target first.</summary>
    /// <param name="plan">The plan.</param>
    /// <param name="home">Namespace of the request, in which everything lies that names no other one.</param>
    /// <exception cref="System.Text.Json.JsonException">The body of an eviction is not JSON.</exception>
    public static ImmutableArray<TouchedObject> Of(RemediationPlan plan, string home)
    {
        ArgumentNullException.ThrowIfNull(plan);
        return
        [
            new(In(plan.Target, home), null, null),
            .. from mutation in plan.Steps.SelectMany(static s => s.Forward.Concat(s.Inverse))
               where mutation.Verb != MutationVerb.Call
               from touched in Evicted(mutation).Prepend(new(mutation.Target, mutation.Verb, null))
               select touched with { Ref = In(touched.Ref, home) },
        ];
    }

    /// <summary>The objects that a request changes.</summary>
    public static ImmutableArray<TouchedObject> Of(RemediationRequest request)
    {
        ArgumentNullException.ThrowIfNull(request);
        return Of(request.Spec.Plan, request.Metadata.Namespace ?? "");
    }

    /// <summary>The target of a request, with its namespace unless its kind has none.</summary>
    public static TargetRef TargetOf(RemediationRequest request)
    {
        ArgumentNullException.ThrowIfNull(request);
        return In(request.Spec.Plan.Target, request.Metadata.Namespace ?? "");
    }

    /// <summary>The namespaces in which a plan changes something; an object of the cluster is in none, whatever that of the request.</summary>
    public static ImmutableArray<string> Namespaces(RemediationPlan plan, string home) =>
        [.. Of(plan, home).Select(static t => t.Ref.Namespace).OfType<string>().Distinct(StringComparer.Ordinal)];

    /// <summary>The namespaces in which a request changes something.</summary>
    public static ImmutableArray<string> Namespaces(RemediationRequest request)
    {
        ArgumentNullException.ThrowIfNull(request);
        return Namespaces(request.Spec.Plan, request.Metadata.Namespace ?? "");
    }

    private static IEnumerable<TouchedObject> Evicted(Mutation mutation) => mutation is not { Verb: MutationVerb.Evict, Body: not null } ? []
        : BoundPod.Of(mutation).Select(p => new TouchedObject(
            new() { ApiVersion = "v1", Kind = "Pod", Namespace = p.Namespace, Name = p.Name, Uid = p.Uid }, MutationVerb.Evict, mutation.Target.Kind == "Node" ? mutation.Target : null));

    private static TargetRef In(TargetRef target, string home) =>
        target with { Namespace = TargetScope.IsClusterScoped(target.Kind) ? null : string.IsNullOrEmpty(target.Namespace) ? home : target.Namespace };
}
