using System.Collections.Immutable;
using Firstline.Api.V1Alpha1;
using Firstline.Controllers.Observation;
using Firstline.Core.Diagnosis;
using Firstline.Core.Diagnosis.Models;

namespace Firstline.Controllers.Diagnosis.Models;

/// <summary>Where a model's look-ups are read, and what bounds them.</summary>
/// <param name="Situations">The caches.</param>
/// <param name="Reader">Events and logs.</param>
/// <param name="Traffic">Prometheus.</param>
/// <param name="IncidentsOn">Incidents on an object, open or over.</param>
/// <param name="Options">What the operator knows of itself.</param>
/// <param name="Clock">The time.</param>
public sealed record ModelSources(
    ISituationSource Situations, DiagnosticReader Reader, TrafficReader Traffic, Func<TargetRef, ImmutableArray<Incident>> IncidentsOn, OperatorOptions Options, TimeProvider Clock)
{
    /// <summary>What is taken out of all that is read.</summary>
    public EvidenceRedaction Redaction => Options.Redaction;

    /// <summary>True where Prometheus is configured.</summary>
    public bool HasMetrics => Options.Verifiers is { HasPrometheus: true };

    /// <summary>The tools that a model gets.</summary>
    public ImmutableArray<ModelTool> Tools => HasMetrics ? ModelToolCatalogue.All : ModelToolCatalogue.WithoutMetrics;

    /// <summary>The time.</summary>
    public DateTimeOffset Now => Clock.GetUtcNow();

    /// <summary>Earlier incidents of an object that are over, the newest first.</summary>
    public ImmutableArray<PastIncident> PastOf(TargetRef target) => PastIncident.Of(IncidentsOn(target), new Incident());
}
