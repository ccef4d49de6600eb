using Firstline.Api.V1Alpha1;
using Firstline.Core.Facts;
using Firstline.Core.Gates;

namespace Firstline.Controllers.Detection;

/// <summary>Whose logs are looked into: of what runs all the time, where somebody would want to hear of it and the operator might act.</summary>
internal static class LogSurveyScope
{
    /// <summary>False for Jobs, for paused namespaces, and for those in which nothing is changed.</summary>
    /// <param name="situation">The workload.</param>
    /// <param name="policies">The policies, which protect namespaces.</param>
    /// <param name="own">The operator's own namespace.</param>
    public static bool Includes(Situation situation, IEnumerable<RemediationPolicy> policies, string own) =>
        situation is { Exists: true, IsBatch: false, NamespacePaused: false }
        && !policies.SelectMany(p => ProtectedNamespaceGate.Of(p.Spec, own)).Concat(ProtectedNamespaceGate.Always(own)).Contains(situation.Subject.Namespace);
}
