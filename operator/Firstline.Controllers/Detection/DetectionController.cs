using System.Collections.Immutable;
using Firstline.Api.Meta;
using Firstline.Api.V1Alpha1;
using Firstline.Controllers.Observation;
using Firstline.Controllers.Ports;
using Firstline.Core.Detection;
using Firstline.Core.Facts;
using Firstline.Kube.Informers;
using Firstline.Kube.Queue;
using Firstline.Kube.Runtime;
using Microsoft.Extensions.Logging;

namespace Firstline.Controllers.Detection;

/// <summary>Judges the root of whatever changed by all detectors, and reports what begins and what ends.</summary>
/// <remarks>
/// Level-driven: what is firing now is compared with the signals that the open Incident holds, so that nothing is remembered here and a restart heals what a crash
/// left. A change of a pod costs one look at its own workload, whatever the size of the cluster. Keys carry no UID, so that all changes of one object are one key.
/// </remarks>
public sealed class DetectionController : IController, IDisposable
{
    // A clock that is an hour behind and put right a minute later is not to cost an hour.
    private static readonly TimeSpan LongestWait = TimeSpan.FromMinutes(5);

    private readonly ISituationSource _situations;
    private readonly RootFinder _roots;
    private readonly IncidentCache _incidents;
    private readonly HeldFindings _held;
    private readonly IIncidentIntake _intake;
    private readonly DetectionEvents _events;
    private readonly TimeProvider _clock;
    private readonly WorkQueue<TargetRef> _queue;
    private readonly WorkLoop<TargetRef> _loop;

    /// <summary>Listens to the informers; call it before they are started, so that no change is missed.</summary>
    public DetectionController(
        ClusterCache cache, ISituationSource situations, RootFinder roots, IncidentCache incidents, HeldFindings held, IIncidentIntake intake, DetectionEvents events,
        TimeProvider clock, ILogger<DetectionController> log, int workers = 4)
    {
        ArgumentNullException.ThrowIfNull(cache);
        ArgumentNullException.ThrowIfNull(incidents);
        (_situations, _roots, _incidents, _held, _intake, _events, _clock) = (situations, roots, incidents, held, intake, events, clock);
        _queue = new WorkQueue<TargetRef>(Name, clock);
        _loop = new WorkLoop<TargetRef>(Name, "target", _queue, JudgeAsync, new ControllerOptions { Workers = workers }, clock, log);
        Listen(cache);
        incidents.Incidents.AddHandler(change => Add(IncidentCache.TargetOf((change.New ?? change.Old)!)));
    }

    /// <inheritdoc/>
    public string Name => "detection";

    /// <inheritdoc/>
    public QueueLoad Load => _queue.Load;

    /// <summary>Judges the object soon, for reasons that no watch shows.</summary>
    public void Judge(TargetRef target)
    {
        ArgumentNullException.ThrowIfNull(target);
        Add(target);
    }

    /// <inheritdoc/>
    public Task RunAsync(CancellationToken stopTaking, CancellationToken abort) => _loop.RunAsync(stopTaking, abort);

    /// <inheritdoc/>
    public void Dispose() => _queue.Dispose();

    private void Listen(ClusterCache cache)
    {
        On(cache.Pods, static p => Nearest(p.Ref, p.Controller));
        On(cache.Deployments, static w => w.Ref);
        On(cache.StatefulSets, static w => w.Ref);
        On(cache.DaemonSets, static w => w.Ref);
        On(cache.ReplicaSets, static r => Nearest(r.Facts.Ref, r.Controller));
        On(cache.Jobs, static j => Nearest(j.Ref, j.Controller));
        On(cache.CronJobs, static c => c.Ref);
        cache.ConfigMaps.AddHandler(change => AddConfigMap(cache, change));
        ListenAround(cache);
    }

    private void ListenAround(ClusterCache cache)
    {
        AroundCache around = cache.Around;
        On(around.Services, static s => s.Ref);
        On(around.EndpointSlices, static e => new() { ApiVersion = "v1", Kind = "Service", Namespace = e.Namespace, Name = e.Service });
        On(around.Ingresses, static i => i.Ref);
        On(around.Claims, static c => c.Ref);
        On(around.Volumes, static v => v.Ref);
        On(around.Nodes, static n => n.Ref);
        On(around.Autoscalers, static a => a.Ref);
        On(around.Budgets, static b => b.Ref);
        On(around.Mutating, static w => w.Ref);
        On(around.Validating, static w => w.Ref);
        On(cache.Namespaces, static n => n.Ref);
        around.Policies.AddHandler(change => AddCalled(cache, change.Key.Namespace));
    }

    // A policy that comes, goes or changes may cut callers off, or let them in again.
    private void AddCalled(ClusterCache cache, string ns)
    {
        foreach (WorkloadFacts called in cache.Deployments.HasSynced && cache.StatefulSets.HasSynced && cache.DaemonSets.HasSynced ? cache.WorkloadsIn(ns) : [])
        {
            if (!called.Callers.IsEmpty)
            {
                Add(called.Ref);
            }
        }
    }

    private void On<T>(Informer<T> informer, Func<T, TargetRef> nearest)
        where T : class => informer.AddHandler(change => Add(nearest((change.New ?? change.Old)!)));

    // A ConfigMap that comes or goes changes what may be said of the pods that read it; a changed content does not.
    private void AddConfigMap(ClusterCache cache, ResourceChange<ConfigMapFacts> change)
    {
        Add((change.New ?? change.Old)!.Ref);
        if ((change.Old is null || change.New is null) && cache.Pods.HasSynced)
        {
            foreach (PodFacts pod in cache.ReadersOf(change.Key))
            {
                Add(Nearest(pod.Ref, pod.Controller));
            }
        }
    }

    internal static TargetRef Nearest(TargetRef self, OwnerReference? controller) => RootFinder.Followed(self, controller) is not { } owner
        ? self
        : new() { ApiVersion = owner.ApiVersion, Kind = owner.Kind, Namespace = self.Namespace, Name = owner.Name };

    private void Add(TargetRef target) => _queue.Add(target.Uid is null ? target : target with { Uid = null });

    private async Task<ReconcileResult> JudgeAsync(TargetRef key, CancellationToken ct)
    {
        TargetRef root = _roots.Find(key) with { Uid = null };
        if (root != key)
        {
            Add(root);   // judged under its own key, so that no two workers judge one subject at once
            return ReconcileResult.Done;
        }

        DateTimeOffset now = _clock.GetUtcNow();
        Situation? seen = Seen(root);
        if (seen is { NamespaceEnding: true } && root.Namespace is not null)
        {
            return ReconcileResult.Done;   // it goes with its namespace, and when that does not go, this is what its own incident is about
        }

        DetectorReport report = seen is { } situation ? DetectorCatalogue.Detect(situation, now) : DetectorReport.Nothing;
        DateTimeOffset? heldUntil = await ReportAsync(root, report.Findings, now, ct);
        TimeSpan? wait = new[] { report.LookAgainAt, heldUntil }.Min() - now;
        return new(wait > LongestWait ? LongestWait : wait);
    }

    // What a log tells may be due to anything around.
    private Situation? Seen(TargetRef root) =>
        _situations.Observe(root) is { } situation ? situation.LogSurvey is { Signs.IsEmpty: false } ? _situations.LookAround(situation) : situation : null;

    // The earliest moment at which a finding is no longer held back; null when none is.
    private async Task<DateTimeOffset?> ReportAsync(TargetRef root, ImmutableArray<Finding> findings, DateTimeOffset now, CancellationToken ct)
    {
        ImmutableArray<SignalRecord> firing = Firing(root);
        DateTimeOffset? heldUntil = null;

        // An open incident keeps its signals: held back, they would read as the end of its trouble.
        foreach (Finding finding in findings.Where(f => firing.All(s => s.Fingerprint != f.Fingerprint)))
        {
            if (_held.Of(finding, now) is { } held)
            {
                _events.Held(finding, held.Until, held.Why);
                heldUntil = new[] { heldUntil, held.Until }.Min();
                continue;
            }

            await _intake.ReportAsync(new IncidentReport.FromDetector(finding, null), ct);
        }

        foreach (SignalRecord over in firing.Where(s => findings.All(f => f.Fingerprint != s.Fingerprint)))
        {
            Finding ended = new() { Detector = over.Name, Fingerprint = over.Fingerprint, Target = root, Summary = over.Summary, Since = over.FirstSeen };
            await _intake.ReportAsync(new IncidentReport.FromDetector(ended, now), ct);
        }

        return heldUntil;
    }

    // Found by their fingerprints too: the incident that holds them may be on a pod that a human named. Those of another root are left to that root.
    private ImmutableArray<SignalRecord> Firing(TargetRef root) =>
    [
        .. DetectorCatalogue.All.Select(d => _incidents.OpenWith(Fingerprints.Of(d.Name, root))).Append(_incidents.OpenOn(root)).OfType<Incident>()
            .SelectMany(static i => i.Status?.Signals ?? [])
            .Where(s => s is { Source: IncidentSource.Detector, State: SignalState.Firing } && s.Fingerprint == Fingerprints.Of(s.Name, root))
            .DistinctBy(static s => s.Fingerprint),
    ];
}
