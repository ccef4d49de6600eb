using System.Collections.Immutable;

namespace Firstline.Benchmarks.Kills;

/// <summary>A request of the leader's work on one incident, at which it is killed.</summary>
/// <param name="Name">What it is about, for people.</param>
/// <param name="Verb">HTTP method.</param>
/// <param name="Resource">Plural name, with the subresource after a slash.</param>
/// <param name="Manager">Field manager.</param>
/// <param name="Number">1 for the first such request about the incident.</param>
/// <param name="IsAnswered">True to kill when the server has answered it, false when it has just come.</param>
internal sealed record KillPoint(string Name, string Verb, string Resource, string Manager, int Number, bool IsAnswered)
{
    /// <summary>From the first write of an incident's life to the last but one.</summary>
    public static readonly ImmutableArray<KillPoint> All =
    [
        new("incident, comes", "POST", "incidents", "firstline-detection", 1, false),
        new("incident, created", "POST", "incidents", "firstline-detection", 1, true),
        new("diagnosis, written", "PATCH", "incidents/status", "firstline-diagnosis", 1, true),
        new("request, comes", "POST", "remediationrequests", "firstline-planning", 1, false),
        new("request, created", "POST", "remediationrequests", "firstline-planning", 1, true),
        new("intent, comes", "PATCH", "remediationrequests/status", "firstline-remediation", 1, false),
        new("intent, stored", "PATCH", "remediationrequests/status", "firstline-remediation", 1, true),
        new("patch, comes", "PATCH", "deployments", "firstline-executor", 1, false),
        new("patch, answered", "PATCH", "deployments", "firstline-executor", 1, true),
        new("step done, comes", "PATCH", "remediationrequests/status", "firstline-remediation", 2, false),
        new("verification, begun", "PATCH", "remediationrequests/status", "firstline-remediation", 2, true),
        new("outcome, comes", "PATCH", "remediationrequests/status", "firstline-remediation", 3, false),
        new("outcome, stored", "PATCH", "remediationrequests/status", "firstline-remediation", 3, true),
        new("finalizer, released", "PATCH", "remediationrequests", "firstline-remediation", 1, true),
    ];

    public bool Matches(ServedRequest request) =>
        request.Verb == Verb && request.Resource == Resource && request.Manager == Manager && (IsAnswered ? request.IsDone : request.IsNew);
}
