using System.Collections.Immutable;
using Firstline.Api.Meta;
using Firstline.Api.V1Alpha1;
using Firstline.Controllers.Observation;
using Firstline.Controllers.Ports;
using Firstline.Controllers.Remediation;
using Firstline.Controllers.Status;
using Firstline.Core.Facts;
using Firstline.Core.Lifecycle;
using Firstline.Core.Planning;
using Firstline.Kube;
using Firstline.Kube.Client;
using Firstline.Kube.Runtime;
using Microsoft.Extensions.Logging;

namespace Firstline.Controllers.Planning;

/// <summary>Plans the remediation of each diagnosed incident, shows in the incident how far it is, and concludes: resolved, or handed to humans.</summary>
public sealed partial class PlanningController(
    RemediationCaches caches, RequestLedger ledger, ISituationSource situations, IApprovalIdentitySource identity, RequestCreation creation, IStatusWriter status, PlanningEvents events, OperatorOptions options,
    TimeProvider clock, ILogger<PlanningController> log) : IReconciler<Incident>
{
    private readonly ILogger _log = log;

    /// <inheritdoc/>
    public async Task<ReconcileResult> ReconcileAsync(Incident resource, CancellationToken ct)
    {
        IncidentView view = ViewOf(resource);
        IncidentStep step = IncidentLifecycle.Decide(view, clock.GetUtcNow());
        if (step is IncidentStep.Plan)
        {
            (view, step) = await PlanAsync(view, InputOf(resource, identity.Current), ct);
        }

        if (PassingStep.Left(view, step, clock.GetUtcNow()) is { } left)
        {
            return new(left);
        }

        if (step is not IncidentStep.Settled)
        {
            await ReportAsync(view, step, ct);
        }

        return IncidentLifecycle.LookAgainAt(view, step, clock.GetUtcNow()) is { } again ? new(Later(again - clock.GetUtcNow())) : ReconcileResult.Done;
    }

    private static TimeSpan Later(TimeSpan left) => left > TimeSpan.Zero ? left : TimeSpan.Zero;

    private IncidentView ViewOf(Incident incident) => new(incident, RequestsOf(incident))
    {
        Parent = ParentFinder.ParentOf(incident, PossibleParentsOf(incident), caches.OpenRequests(), options.Namespace, clock.GetUtcNow()),
        QuietFor = Policy?.QuietFor?.Value ?? TimeSpan.Zero,
    };

    private RemediationPolicySpec? Policy => caches.Policies.Find(new NamespacedName("", RemediationPolicy.DefaultName))?.Spec;

    private ImmutableArray<RemediationRequest> RequestsOf(Incident incident) => caches.Requests.ByIndex(RemediationCaches.ByIncident, incident.Metadata.Uid ?? "");

    // One that is over is the parent only of those that it became the parent of before.
    private IEnumerable<Incident> PossibleParentsOf(Incident incident) =>
        incident.Status?.Parent is { } parent && caches.Incidents.Find(new NamespacedName(parent.Namespace ?? incident.Metadata.Namespace ?? "", parent.Name)) is { } known
            ? caches.OpenIncidents().Where(i => i.Metadata.Uid != known.Metadata.Uid).Append(known)
            : caches.OpenIncidents();

    private async Task<(IncidentView View, IncidentStep Step)> PlanAsync(IncidentView view, PlanningInput input, CancellationToken ct) => Planner.Plan(input) switch
    {
        PlanningResult.Planned planned => await StoreAsync(view, input, planned, ct),
        PlanningResult.NotPlanned none => (view, new IncidentStep.Escalate(none.Reason, none.Message, none.Considered)),
        _ => throw new System.Diagnostics.UnreachableException(),
    };

    private async Task<(IncidentView View, IncidentStep Step)> StoreAsync(
        IncidentView view, PlanningInput input, PlanningResult.Planned planned, CancellationToken ct)
    {
        RemediationRequest request;
        try
        {
            request = await CreateAsync(view.Incident, planned, ct);
        }
        catch (KubeException e) when (e.Kind is KubeErrorKind.Invalid or KubeErrorKind.BadRequest)
        {
            string words = BoundedText.Of(e.Message, 512);
            return (view, new IncidentStep.Escalate(PlanningReasons.PlanRefused, $"the API server refuses the plan of runbook {planned.Spec.Runbook.Name}: {words}", []));
        }

        IncidentView known = view with { Requests = view.Requests.Add(request) };
        if (!RemediationLifecycle.IsSettled(request))
        {
            return (known, new IncidentStep.Follow(request));
        }

        // It was there already, and has ended: what comes next follows from how. Each round knows one request more, so that the attempts run out.
        IncidentStep next = IncidentLifecycle.Decide(known, clock.GetUtcNow());
        return next is IncidentStep.Plan ? await PlanAsync(known, input with { Requests = input.Requests.Add(request) }, ct) : (known, next);
    }

    private PlanningInput InputOf(Incident incident, ApprovalIdentities identities)
    {
        string ns = incident.Metadata.Namespace ?? "";
        TargetRef target = incident.Spec.Target with { Namespace = incident.Spec.Target.Namespace ?? ns };
        DateTimeOffset now = clock.GetUtcNow();
        RemediationPolicySpec? policy = Policy;
        ImmutableArray<Runbook> runbooks =
        [
            .. caches.Runbooks.List().Where(r => r.Metadata.DeletionTimestamp is null && (r.Metadata.Namespace == ns || r.Metadata.Namespace == options.Namespace))
                .Select(r => CircuitBreaker.Apply(r, ledger.FailedRunsOf(r, now - CircuitBreaker.WindowOf(policy)), policy, now)),
        ];
        return new()
        {
            Incident = incident,
            Situation = situations.Observe(target),
            Runbooks = runbooks,
            Requests = PlanningRequests.Of(incident, runbooks, RequestsOf, caches.RequestsOf),
            IsNameTaken = name => caches.Requests.Find(new NamespacedName(ns, name)) is not null,
            Policy = policy,
            RunbookIdentity = identities.OfRunbooks,
            AuthorIdentity = identities.OfAuthors,
            OperatorNamespace = options.Namespace,
            TimeZones = TimeZones.Find,
            Verifiers = options.Verifiers,
            Now = now,
        };
    }

    private async Task<RemediationRequest> CreateAsync(Incident incident, PlanningResult.Planned planned, CancellationToken ct)
    {
        (RemediationRequest request, bool isNew) = await creation.CreateAsync(incident, planned, ct);
        if (isNew)
        {
            events.Planned(incident, request);
            LogPlanned(incident.Metadata.Namespace ?? "", incident.Metadata.Name, request.Metadata.Name, request.Spec.Level.ToString());
        }

        return request;
    }

    private async Task ReportAsync(IncidentView view, IncidentStep step, CancellationToken ct)
    {
        IncidentStatus after = IncidentProgress.ToStatus(view, step, clock.GetUtcNow());
        IncidentStatus before = IncidentProgress.OwnPart(view.Incident.Status ?? new());
        if (StatusComparison.AreEqual(before, after, FirstlineJson.Of<IncidentStatus>()))
        {
            return;
        }

        if (await StoreAsync(view.Incident, after, ct))
        {
            events.Tell(view.Incident, before, after);
            LogStage(view.Incident.Metadata.Namespace ?? "", view.Incident.Metadata.Name, after.Stage ?? "");
        }
    }

    // A conclusion holds for the incident that it was drawn from: a leader that was frozen must not take back what the next one concluded.
    private async Task<bool> StoreAsync(Incident incident, IncidentStatus after, CancellationToken ct)
    {
        try
        {
            return await status.ApplyUnchangedAsync(
                Incident.Type, incident.Metadata, after, FirstlineJson.Of<IncidentStatus>(), FieldManagers.Planning, ct) is not null;
        }
        catch (KubeException e) when (e.Kind == KubeErrorKind.Conflict)
        {
            throw new TransientException($"incident {NamespacedName.Of(incident.Metadata)} changed between reading and writing; it is read again", e);
        }
    }

    [LoggerMessage(3101, LogLevel.Information, "Incident {Namespace}/{Name}: planned {Request} at level {Level}")]
    private partial void LogPlanned(string @namespace, string name, string request, string level);

    [LoggerMessage(3102, LogLevel.Information, "Incident {Namespace}/{Name} is at stage {Stage}")]
    private partial void LogStage(string @namespace, string name, string stage);
}
