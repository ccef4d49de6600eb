using System.Collections.Immutable;
using Firstline.Api.V1Alpha1;

namespace Firstline.Core.Detection;

/// <summary>Holds findings back as the policy declares: during a maintenance, and until they have lasted as long as it asks for.</summary>
public static class PolicyHold
{
    /// <summary>Until when a finding is held back, and why; null when it is reported.</summary>
    /// <param name="finding">The finding; what an open incident holds already is never held back.</param>
    /// <param name="policy">The policy; null when there is none, which holds nothing back.</param>
    /// <param name="now">The time to judge at.</param>
    public static (DateTimeOffset Until, string Why)? Of(Finding finding, RemediationPolicySpec? policy, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(finding);
        return policy is null ? null
            : Maintenances(finding, policy, now).Concat(Patience(finding, policy)).Where(h => h.Until > now).OrderByDescending(static h => h.Until)
                .Select(static h => ((DateTimeOffset, string)?)h).FirstOrDefault();
    }

    private static IEnumerable<(DateTimeOffset Until, string Why)> Maintenances(Finding finding, RemediationPolicySpec policy, DateTimeOffset now) =>
        from freeze in policy.Freezes
        where freeze.Maintenance && freeze.From <= now && IsFor(freeze.Namespaces, finding)
        select (freeze.Until, $"freeze {freeze.Name} is a maintenance{(freeze.Reason is { Length: > 0 } reason ? $" ({reason})" : "")}");

    private static IEnumerable<(DateTimeOffset Until, string Why)> Patience(Finding finding, RemediationPolicySpec policy) =>
        from rule in policy.Patience
        where (rule.Detectors.IsEmpty || rule.Detectors.Contains(finding.Detector)) && IsFor(rule.Namespaces, finding)
        select (finding.Since + rule.LastsFor.Value, $"patience {rule.Name} of the policy asks that it lasts for {rule.LastsFor}");

    private static bool IsFor(ImmutableArray<string> namespaces, Finding finding) =>
        namespaces.IsEmpty || namespaces.Contains(finding.Target.Kind == "Namespace" ? finding.Target.Name : finding.Target.Namespace ?? "");
}
