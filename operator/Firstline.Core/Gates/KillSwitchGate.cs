using Firstline.Api.V1Alpha1;
using Firstline.Core.Planning;

namespace Firstline.Core.Gates;

/// <summary>Closed while the policy is suspended, or somebody asks in it that nothing be changed here.</summary>
public sealed class KillSwitchGate : IGate
{
    /// <inheritdoc/>
    public string Name => "KillSwitch";

    /// <inheritdoc/>
    public GateVerdict Judge(GateInput input, DateTimeOffset now) => input.Policy switch
    {
        null => this.Closed(GateReasons.PolicyMissing, "without a policy it can't be told whether remediation is suspended"),
        { Suspended: true } policy => this.Closed(
            GateReasons.Suspended,
            $"remediation is suspended in RemediationPolicy {RemediationPolicy.DefaultName}{(policy.SuspendedReason is { Length: > 0 } why ? $": {why}" : "")}",
            "suspended: true", "suspended: false"),
        var policy => JudgePauses([.. policy.PauseRequests.Where(p => Holds(p, input.Request, now))]),
    };

    private static bool Holds(PauseRequest pause, RemediationRequest request, DateTimeOffset now) =>
        !(now >= pause.ExpiresAt)
        && (pause.Runbooks.IsEmpty || pause.Runbooks.Contains(request.Spec.Runbook.Name, StringComparer.Ordinal))
        && (pause.Namespaces.IsEmpty || TouchedObjects.Namespaces(request).Any(ns => pause.Namespaces.Contains(ns, StringComparer.Ordinal)));

    private GateVerdict JudgePauses(PauseRequest[] pauses)
    {
        if (pauses.Length == 0)
        {
            return this.Open("remediation is not suspended");
        }

        string who = string.Join("; ", pauses.Select(static p => $"{p.Owner} asks that nothing be changed: {p.Reason}"));
        DateTimeOffset? end = Array.TrueForAll(pauses, static p => p.ExpiresAt is not null) ? pauses.Max(static p => p.ExpiresAt) : null;
        return this.Closed(GateReasons.PauseRequested, who, string.Join(", ", pauses.Select(static p => p.Owner)), "nobody", end);
    }
}
