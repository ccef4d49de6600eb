using System.Collections.Immutable;
using Firstline.Api.Meta;
using Firstline.Api.V1Alpha1;
using Firstline.Controllers.Observation;
using Firstline.Controllers.Ports;
using Firstline.Core.Facts;
using Firstline.Core.Gates;
using Firstline.Core.Planning;
using Firstline.Kube.Leases;

namespace Firstline.Controllers.Remediation;

/// <summary>Gathers what a request is judged by. Reads only: caches, the lease, the admission policies, whether approvers may still approve, and the checks that a runbook declares.</summary>
public sealed class RemediationObserver(
    RemediationCaches caches, ISituationSource situations, ICacheFreshness freshness, IApprovalIdentitySource identity, RememberedRights rights, ILeadership leadership,
    RequestLedger ledger, TimeProvider clock, VerifierFacts? verifiers = null, CheckReadings? readings = null)
{
    public async Task<GateInput> ObserveAsync(RemediationRequest cached, string operatorNamespace, CancellationToken ct)
    {
        RemediationRequest request = ledger.Newest(cached);
        string ns = request.Metadata.Namespace ?? "";
        ApprovalIdentities identities = identity.Current;
        DateTimeOffset now = clock.GetUtcNow();
        RemediationPolicySpec? policy = caches.Policies.Find(new NamespacedName("", RemediationPolicy.DefaultName))?.Spec;
        GateInput view = new()
        {
            Request = request,
            Policy = policy,
            Runbook = caches.Runbooks.Find(new NamespacedName(request.Spec.Runbook.Namespace, request.Spec.Runbook.Name)) is { } runbook
                ? CircuitBreaker.Apply(runbook, ledger.FailedRunsOf(runbook, now - CircuitBreaker.WindowOf(policy)), policy, now)
                : null,
            RunsOfRunbook = ledger.RunsOf(request.Spec.Runbook, now),
            OpenIncidents = caches.Incidents.HasSynced ? caches.OpenIncidents().Count(IncidentCache.CountsForStorm) : null,
            IsLeader = leadership.IsLeader,
            Cache = freshness.Current,
            Situation = SituationOf(request.Spec.Plan.Target, ns),
            Incident = IncidentOf(request),
            IsNamespaceEnding = request.Metadata.DeletionTimestamp is not null && situations.Observe(new() { ApiVersion = "v1", Kind = "Namespace", Name = ns }) is { NamespaceEnding: true },
            Requests = ledger.BearingOn(request, now),
            OperatorNamespace = operatorNamespace,
            Identity = identities.OfRequests,
            RunbookIdentity = identities.OfRunbooks,
            AuthorIdentity = identities.OfAuthors,
            TimeZones = TimeZones.Find,
            Verifiers = verifiers,
        };
        view = view with { ApproverRights = await rights.OfAsync(request, [.. ApprovalLog.RightsToAsk(view, now)], known => IsAllThatIsLeft(view with { ApproverRights = known }), ct) };
        return view with { Readings = ReadingsOf(view) };
    }

    // What waits for something else is not asked about: before that is over, the answer is too old to rest a change on.
    private ImmutableDictionary<string, CheckReading> ReadingsOf(GateInput view) =>
        readings is not null && VerifierGate.WhyForbidden(view) is null && (view.HasBegun || IsAllThatIsLeft(view)) ? readings.Of(view.Request) : ImmutableDictionary<string, CheckReading>.Empty;

    // Right before the intent and before the change: every gate is open, but for answers that are asked for now.
    private bool IsAllThatIsLeft(GateInput view) =>
        GateChain.Judge(GateChain.Forward, view, clock.GetUtcNow()).All(static v => v.Decision == GateDecision.Open || VerifierGate.IsUnanswered(v));

    private Situation? SituationOf(TargetRef target, string ns) => situations.Observe(target with { Namespace = target.Namespace ?? ns });

    /// <summary>The incident of a request, from the cache; null when it is gone. One of the same name that was made again is another.</summary>
    public Incident? IncidentOf(RemediationRequest request) =>
        caches.Incidents.Find(new NamespacedName(request.Metadata.Namespace ?? "", request.Spec.Incident.Name)) is { } incident && incident.Metadata.Uid == request.Spec.Incident.Uid ? incident : null;
}
