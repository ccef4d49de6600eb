using Firstline.Api.V1Alpha1;

namespace Firstline.Core.Planning;

/// <summary>Which runbooks may ask Prometheus: those of the operator's own namespace, and those of namespaces that the policy names.</summary>
/// <remarks>A query is free text that is asked with the operator's rights: by its answer the author of a tenant's runbook would read what other tenants measure.</remarks>
public static class MetricRights
{
    /// <summary>Why its metrics may not be asked, in one sentence without a capital; null when they may, or when there are none.</summary>
    /// <param name="spec">The declared checks.</param>
    /// <param name="ns">Namespace of the runbook.</param>
    /// <param name="policy">The policy; null when there is none.</param>
    /// <param name="operatorNamespace">Namespace of the operator; null when unknown.</param>
    public static string? WhyNot(VerificationSpec spec, string ns, RemediationPolicySpec? policy, string? operatorNamespace) =>
        spec.Metrics is not [var metric, ..] || ns == operatorNamespace || policy?.Metrics.Namespaces.Contains(ns) == true
            ? null
            : $"metric {metric.Name} of its verification may not be asked: a Runbook of namespace {ns} would read all that the operator may of Prometheus; "
                + $"name {ns} in metrics.namespaces of the RemediationPolicy, or let {operatorNamespace ?? "the operator's namespace"} hold the Runbook";
}
