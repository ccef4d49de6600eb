using System.Collections.Immutable;
using Firstline.Api.V1Alpha1;
using Firstline.Controllers.Diagnosis;
using Firstline.Controllers.Diagnosis.Models;
using Firstline.Controllers.Observation;
using Firstline.Controllers.Ports;
using Firstline.Core.Planning;
using Firstline.Kube.Client;
using Firstline.Kube.Events;
using Firstline.Kube.Informers;
using Firstline.Kube.Runtime;
using Microsoft.Extensions.Logging;

namespace Firstline.Controllers.Detection;

/// <summary>Wires detection and diagnosis: which change wakes which. Make it before the informers are started.</summary>
public sealed class DetectionControllers : IAsyncDisposable
{
    private readonly DetectionController _detection;
    private readonly LogSurveyController? _logs;
    private readonly Controller<Incident> _keeper;
    private readonly Controller<Incident> _diagnosis;
    private readonly Controller<Incident> _feedback;
    private readonly FeedbackMetrics _metrics;
    private readonly ModelRefinement? _models;

    /// <summary>Makes the controllers, and what they share with others. Without a model none is asked.</summary>
    public DetectionControllers(
        SharedInformers informers, IKubeClient client, IStatusWriter status, IEventRecorder recorder, IMetricsSource metrics, OperatorOptions options, TimeProvider clock, ILoggerFactory logs,
        ConfiguredModel? model = null)
    {
        ClusterCache cache = new(informers, options, clock);
        RootFinder roots = new(cache);
        IncidentCache incidents = new(informers, roots, options);
        Situations = new SituationSource(cache);
        IncidentSignals signals = new(client, status, clock);
        DetectionEvents events = new(recorder);
        Intake = new IncidentIntake(incidents, roots, client, signals, events, options, logs.CreateLogger<IncidentIntake>());
        Informer<RemediationPolicy> policies = informers.Get(new ResourceQuery(RemediationPolicy.Type), FirstlineJson.RemediationPolicy);
        _detection = new(cache, Situations, roots, incidents, new HeldFindings(incidents, policies), Intake, events, clock, logs.CreateLogger<DetectionController>());
        _logs = options.LogSurveyPeriod == TimeSpan.Zero ? null
            : new(cache, Situations, roots, policies, client, _detection.Judge, options, clock, logs.CreateLogger<LogSurveyController>());
        _keeper = new("incidents", incidents.Incidents, informers, new IncidentKeeper(signals, options, clock), clock, logs);
        TrafficReader traffic = new(metrics, options.Traffic, clock);
        DiagnosticReader reader = new(client, traffic, logs.CreateLogger<DiagnosticReader>());
        ModelSources sources = new(Situations, reader, traffic, incidents.On, options, clock);
        _models = model is null ? null : new(model, sources, RunbooksFor(informers, options), () => incidents.Incidents.List(), status, client, clock, logs.CreateLogger<ModelRefinement>());
        DiagnosisController diagnosis = new(Situations, incidents.On, reader, status, client, recorder, options, clock, logs.CreateLogger<DiagnosisController>(), _models);
        _diagnosis = new("diagnosis", incidents.Incidents, informers, diagnosis, clock, logs);
        _models?.Answered = _diagnosis.Enqueue;
        _feedback = new("feedback", incidents.Incidents, informers, new FeedbackController(policies, status, recorder, clock), clock, logs);

        // The metrics are asked for from the first moment on, before there is anything to tell of.
        _metrics = new(() => incidents.Incidents.HasSynced ? incidents.Incidents.List() : []);
    }

    /// <summary>What planning and verification judge too.</summary>
    public ISituationSource Situations { get; }

    /// <summary>Where webhooks report.</summary>
    public IIncidentIntake Intake { get; }

    /// <summary>The controllers, to be handed to a <see cref="ControllerHost"/>.</summary>
    public ImmutableArray<IController> All() => [_detection, .. _logs is null ? [] : new IController[] { _logs }, _keeper, _diagnosis, _feedback];

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (_models is not null)
        {
            await _models.DisposeAsync();
        }

        _detection.Dispose();
        _logs?.Dispose();
        _keeper.Dispose();
        _diagnosis.Dispose();
        _feedback.Dispose();
        _metrics.Dispose();
    }

    private static Func<Incident, ImmutableArray<Runbook>> RunbooksFor(SharedInformers informers, OperatorOptions options)
    {
        Informer<Runbook> runbooks = RemediationCaches.From(informers).Runbooks;
        return incident => [.. runbooks.List().Where(r => r.Metadata.DeletionTimestamp is null && RunbookMatcher.IsForNamespace(r, incident.Metadata.Namespace ?? "", options.Namespace))];
    }
}
