using Firstline.Api.V1Alpha1;
using Firstline.Core.Actions;
using Firstline.Core.Facts;

namespace Firstline.Core.Gates;

/// <summary>The namespaces in which a plan would change something, undoing included.</summary>
/// <remarks>An object of the cluster is in no namespace, whatever that of the request; the pods that are evicted from a node are in theirs.</remarks>
internal static class TouchedNamespaces
{
    public static IEnumerable<string> Of(RemediationRequest request)
    {
        Mutation[] mutations = [.. request.Spec.Plan.Steps.SelectMany(static s => s.Forward.Concat(s.Inverse))];
        return mutations.Select(static m => m.Target).Prepend(request.Spec.Plan.Target).Where(static t => !TargetScope.IsClusterScoped(t.Kind))
            .Select(t => t.Namespace ?? request.Metadata.Namespace ?? "")
            .Concat(mutations.Where(static m => m is { Verb: MutationVerb.Evict, Body: not null }).SelectMany(static m => BoundPod.Of(m)).Select(static p => p.Namespace))
            .Distinct(StringComparer.Ordinal);
    }
}
