using Firstline.Api.V1Alpha1;
using Firstline.Core.Actions;
using Firstline.Core.Facts;

namespace Firstline.Core.Gates;

/// <summary>Closed in namespaces in which nothing is changed: kube-system, the operator's own, and those that the policy names.</summary>
public sealed class ProtectedNamespaceGate : IGate
{
    /// <inheritdoc/>
    public string Name => "ProtectedNamespace";

    /// <inheritdoc/>
    public GateVerdict Judge(GateInput input, DateTimeOffset now)
    {
        if (input.Policy is not { } policy || input.OperatorNamespace is not { Length: > 0 } own)
        {
            return this.Closed(GateReasons.PolicyMissing, "it is not known which namespaces are protected");
        }

        string[] touched = [.. Namespaces(input.Request).Distinct()];
        string[] guarded = ["kube-system", own, .. policy.Protected.Namespaces];
        return Array.Find(touched, guarded.Contains) is { } hit
            ? this.Closed(GateReasons.NamespaceProtected, $"nothing is changed in namespace {hit}", hit, $"not one of {string.Join(", ", guarded)}")
            : this.Open(touched.Length == 0 ? "no namespace is touched" : $"namespace {string.Join(", ", touched)} is not protected");
    }

    // An object of the cluster is in no namespace, whatever that of the request; the pods that are evicted from a node are in theirs.
    private static IEnumerable<string> Namespaces(RemediationRequest request)
    {
        Mutation[] mutations = [.. request.Spec.Plan.Steps.SelectMany(static s => s.Forward.Concat(s.Inverse))];
        return mutations.Select(static m => m.Target).Prepend(request.Spec.Plan.Target).Where(static t => !TargetScope.IsClusterScoped(t.Kind))
            .Select(t => t.Namespace ?? request.Metadata.Namespace ?? "")
            .Concat(mutations.Where(static m => m is { Verb: MutationVerb.Evict, Body: not null }).SelectMany(static m => BoundPod.Of(m)).Select(static p => p.Namespace));
    }
}
