using System.Collections.Immutable;
using Firstline.Api.V1Alpha1;
using Firstline.Core.Planning;

namespace Firstline.Core.Gates;

/// <summary>Closed in namespaces in which nothing is changed: kube-system, the operator's own, and those that the policy names.</summary>
public sealed class ProtectedNamespaceGate : IGate
{
    /// <summary>Namespaces in which nothing is changed, whatever the policy says.</summary>
    /// <param name="own">The operator's own namespace.</param>
    public static ImmutableArray<string> Always(string own) => ["kube-system", own];

    /// <summary>Namespaces in which nothing is changed.</summary>
    /// <param name="policy">Names more of them.</param>
    /// <param name="own">The operator's own namespace.</param>
    public static ImmutableArray<string> Of(RemediationPolicySpec policy, string own)
    {
        ArgumentNullException.ThrowIfNull(policy);
        return [.. Always(own), .. policy.Protected.Namespaces];
    }

    /// <inheritdoc/>
    public string Name => "ProtectedNamespace";

    /// <inheritdoc/>
    public GateVerdict Judge(GateInput input, DateTimeOffset now)
    {
        if (input.Policy is not { } policy || input.OperatorNamespace is not { Length: > 0 } own)
        {
            return this.Closed(GateReasons.PolicyMissing, "it is not known which namespaces are protected");
        }

        string[] touched = [.. TouchedObjects.Namespaces(input.Request)];
        ImmutableArray<string> guarded = Of(policy, own);
        return Array.Find(touched, ns => guarded.Contains(ns)) is { } hit
            ? this.Closed(GateReasons.NamespaceProtected, $"nothing is changed in namespace {hit}", hit, $"not one of {string.Join(", ", guarded)}")
            : this.Open(touched.Length == 0 ? "no namespace is touched" : $"namespace {string.Join(", ", touched)} is not protected");
    }
}
