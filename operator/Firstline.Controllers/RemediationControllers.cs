using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using Firstline.Api.Meta;
using Firstline.Api.V1Alpha1;
using Firstline.Controllers.Observation;
using Firstline.Controllers.Planning;
using Firstline.Controllers.Policies;
using Firstline.Controllers.Ports;
using Firstline.Controllers.Remediation;
using Firstline.Controllers.Retention;
using Firstline.Controllers.Runbooks;
using Firstline.Core.Facts;
using Firstline.Core.Gates;
using Firstline.Core.Lifecycle;
using Firstline.Core.Planning;
using Firstline.Kube.Client;
using Firstline.Kube.Events;
using Firstline.Kube.Informers;
using Firstline.Kube.Leases;
using Firstline.Kube.Runtime;
using Microsoft.Extensions.Logging;

namespace Firstline.Controllers;

/// <summary>Wires the controllers of this vertical: which object wakes which.</summary>
public sealed class RemediationControllers(
    SharedInformers informers, IKubeClient client, IStatusWriter status, ISituationSource situations, ILeadership leadership, IEventRecorder recorder,
    OutsidePorts outside, OperatorOptions options, TimeProvider clock, ILoggerFactory logs) : IAsyncDisposable
{
    private readonly Informer<JobFacts> _jobs = informers.Get<JobFacts>(new ResourceQuery(BuiltinTypes.Jobs), JobProjection.ReadJob);
    private readonly CheckReadings _readings = new(outside.Metrics, outside.Probe, informers.Get<JobFacts>(new ResourceQuery(BuiltinTypes.Jobs), JobProjection.ReadJob), clock);
    private readonly WebhookCalls _calls = new(outside.Webhooks, leadership, clock);
    private readonly RemediationCaches _caches = RemediationCaches.From(informers);
    private readonly RequestLedger _ledger = RequestLedger.Following(RemediationCaches.From(informers).Requests);
    private readonly AdmissionIdentity _identity = new(informers);

    /// <summary>The informers of Firstline's own resources, for whoever else follows them.</summary>
    public RemediationCaches Caches => _caches;

    /// <summary>Policy, runbooks, planning, remediation, retention; to be handed to a <see cref="ControllerHost"/>.</summary>
    /// <remarks>An operator of some namespaces alone writes nothing of the cluster's, so that it does not judge the policy.</remarks>
    [SuppressMessage("Reliability", "CA2000:Dispose objects before losing scope", Justification = "The host runs them until the process ends; they are the caller's from here.")]
    public ImmutableArray<IController> All() => [.. options.Namespaces.IsEmpty ? new IController[] { PolicyController() } : [], RunbookController(), PlanningController(), RemediationController(), RetentionController()];

    /// <summary>Carries out the plans.</summary>
    public Controller<RemediationRequest> RemediationController()
    {
        RemediationController reconciler = new(
            Observer(), new PlanExecutor(client, leadership, _calls), new RequestHold(client, leadership), new RequestRecord(status, _ledger), _ledger, new RemediationEvents(recorder), options, clock,
            logs.CreateLogger<RemediationController>());

        // One worker: two requests never pass the gates of concurrency and rate at the same moment.
        Controller<RemediationRequest> controller = new("remediation", _caches.Requests, informers, reconciler, clock, logs, new ControllerOptions { Workers = 1 });
        controller
            .Watches(_caches.Incidents, change => _caches.Requests.HasSynced ? RequestsBearing(change) : [])
            .Watches(_caches.Requests, change => Counted(change.Old) != Counted(change.New) ? OpenRequests(static r => WaitsFor(r, GateChain.OfOtherRequests)) : [])
            .Watches(_caches.Policies, _ => OpenRequests(static _ => true))
            .Watches(_identity.Policies, change => IsNews(change) ? OpenRequests(static _ => true) : [])
            .Watches(_identity.Bindings, change => IsNews(change) ? OpenRequests(static _ => true) : [])
            .Watches(_jobs, change => OpenRequests(r => JobRuns.IsEndOf(change.New, r)))
            .Watches(_caches.Runbooks, change => OpenRequests(r => r.Spec.Runbook.Name == change.Key.Name && r.Spec.Runbook.Namespace == change.Key.Namespace));
        situations.OnChange(changed => Wake(controller, changed));
        _readings.OnAnswer(controller.Enqueue);
        return controller;
    }

    private void Wake(Controller<RemediationRequest> controller, TargetRef changed)
    {
        foreach (RemediationRequest request in _caches.Requests.HasSynced ? _caches.OpenRequestsOn(changed) : [])
        {
            controller.Enqueue(NamespacedName.Of(request.Metadata));
        }
    }

    // Its own; and those that a storm holds up, when there is one incident more or less.
    private IEnumerable<NamespacedName> RequestsBearing(ResourceChange<Incident> change)
    {
        IEnumerable<NamespacedName> own = OpenRequests(r => r.Spec.Incident.Uid == (change.New ?? change.Old)!.Metadata.Uid);
        return IncidentCache.CountsForStorm(change.Old) == IncidentCache.CountsForStorm(change.New) ? own : own.Concat(OpenRequests(static r => WaitsFor(r, GateChain.OfIncidents)));
    }

    private static bool WaitsFor(RemediationRequest request, ImmutableArray<string> gates) => request.Status?.Gates.Any(g => gates.Contains(g.Name)) == true;

    // When it begins, ends or gets on, limits count it in another way.
    private static (bool IsUnderWay, DateTimeOffset? LastChange, DateTimeOffset? Failed) Counted(RemediationRequest? request) =>
        request is null ? default : (Progress.IsUnderWay(request), Progress.LastChange(request), CircuitBreaker.FailedAt(request));

    /// <summary>Plans and concludes the incidents.</summary>
    public Controller<Incident> PlanningController()
    {
        PlanningController reconciler = new(
            _caches, _ledger, situations, _identity, new RequestCreation(client, leadership, Observer(), options, clock), status, new PlanningEvents(recorder), options, clock, logs.CreateLogger<PlanningController>());
        Controller<Incident> controller = new("planning", _caches.Incidents, informers, reconciler, clock, logs);
        controller
            .Watches(_caches.Requests, static change => [new NamespacedName(change.Key.Namespace, (change.New ?? change.Old)!.Spec.Incident.Name)])
            .Watches(_caches.Incidents, change => OpenIncidents(i => ParentFinder.MayConcern((change.New ?? change.Old)!, i)))
            .Watches(_caches.Runbooks, change => OpenIncidents(static _ => true))
            .Watches(_caches.Policies, _ => OpenIncidents(static _ => true));
        return controller;
    }

    /// <summary>Judges the policy.</summary>
    public Controller<RemediationPolicy> PolicyController() =>
        new("policy", _caches.Policies, informers, new PolicyController(status, clock, logs.CreateLogger<PolicyController>()), clock, logs);

    /// <summary>Judges the runbooks.</summary>
    public Controller<Runbook> RunbookController()
    {
        RunbookController reconciler = new(_caches, _identity, status, clock, logs.CreateLogger<RunbookController>());
        Controller<Runbook> controller = new("runbooks", _caches.Runbooks, informers, reconciler, clock, logs);
        controller
            .Watches(_caches.Requests, static change =>
                (change.New ?? change.Old) is { } r && HasEnded(change.Old) != HasEnded(change.New) ? [new NamespacedName(r.Spec.Runbook.Namespace, r.Spec.Runbook.Name)] : [])
            .Watches(_caches.Policies, _ => AllRunbooks())
            .Watches(_identity.Policies, change => IsNews(change) ? AllRunbooks() : [])
            .Watches(_identity.Bindings, change => IsNews(change) ? AllRunbooks() : []);
        return controller;
    }

    /// <summary>Removes incidents that are over.</summary>
    public Controller<Incident> RetentionController()
    {
        RetentionController reconciler = new(_caches, client, leadership, recorder, clock, logs.CreateLogger<RetentionController>());
        return new("retention", _caches.Incidents, informers, reconciler, clock, logs);
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _readings.DisposeAsync();
        await _calls.DisposeAsync();
    }

    // Each has its own memory of rights, which is not for several workers.
    private RemediationObserver Observer() => new(
        _caches, situations, new InformerFreshness(informers), _identity, new RememberedRights(new AccessReviews(client, logs.CreateLogger<AccessReviews>()), clock), leadership, _ledger, clock, options.Verifiers, _readings);

    private IEnumerable<NamespacedName> OpenRequests(Func<RemediationRequest, bool> which) =>
        (_caches.Requests.HasSynced ? _caches.OpenRequests() : []).Where(which).Select(static r => NamespacedName.Of(r.Metadata));

    private IEnumerable<NamespacedName> OpenIncidents(Func<Incident, bool> which) =>
        (_caches.Incidents.HasSynced ? _caches.OpenIncidents() : []).Where(which).Select(static i => NamespacedName.Of(i.Metadata));

    private IEnumerable<NamespacedName> AllRunbooks() => Synced(_caches.Runbooks).Select(static r => NamespacedName.Of(r.Metadata));

    // Other people's policies change often, and mean nothing here.
    private static bool IsNews(ResourceChange<AdmissionPart> change) => change.Old?.Holds is true != change.New?.Holds is true;

    private static bool HasEnded(RemediationRequest? request) => request is not null && RemediationLifecycle.IsSettled(request);

    // Before the first list is complete there is nothing to wake: each object is handed out when it arrives.
    private static ImmutableArray<T> Synced<T>(Informer<T> informer)
        where T : class => informer.HasSynced ? informer.List() : [];
}
