using System.Collections.Immutable;
using Firstline.Api.V1Alpha1;
using Firstline.Core.Diagnosis;
using Firstline.Core.Lifecycle;
using Firstline.Core.Planning;
using Firstline.Kube.Client;

namespace Firstline.Controllers.Observation;

/// <summary>Reads Firstline's own objects: open ones whole, those that are over without what nobody asks of them any more.</summary>
/// <remarks>Most of them are over, and stay for as long as people want to read them: what is cached of each decides how the operator's memory grows. Nothing that
/// is left out here can be lost there: who writes the status of one that is over, such as what a model's late answer cost, reads it whole before.</remarks>
internal static class OwnProjections
{
    private static readonly Projection<Incident> WholeIncident = Projections.Of(FirstlineJson.Incident);
    private static readonly Projection<RemediationRequest> WholeRequest = Projections.Of(FirstlineJson.RemediationRequest);

    public static Incident ReadIncident(ReadOnlySpan<byte> json)
    {
        Incident incident = WholeIncident(json);
        return IncidentCache.IsOpen(incident) || incident.Status is not { } status
            ? incident
            : incident with { Status = Ended(status) };
    }

    public static RemediationRequest ReadRequest(ReadOnlySpan<byte> json)
    {
        RemediationRequest request = WholeRequest(json);
        return RemediationLifecycle.IsSettled(request) ? Ended(request) : request;
    }

    // The hypothesis in words is told with the span of the incident, at its end. What helped is evidence for the next one, and what models cost counts for the day. Signals lead late reports to it, feedback tunes their detectors; hypotheses, conditions and clocks tell whether it still is the parent of another.
    private static IncidentStatus Ended(IncidentStatus status) => new()
    {
        ObservedGeneration = status.ObservedGeneration,
        Stage = status.Stage,
        Hypothesis = status.Hypothesis,
        Parent = status.Parent,
        Feedback = status.Feedback,
        Remediations = status.Remediations,
        Signals = status.Signals,
        UnlistedSignals = status.UnlistedSignals,
        Hypotheses = Likeliest.OfRules(status) is { } h ? [new() { Id = h.Id, Cause = h.Cause, Resource = h.Resource, DueTo = h.DueTo }] : [],
        ModelCalls = [.. status.ModelCalls.Select(static c => new ModelCallRecord { Id = c.Id, Time = c.Time, Calls = c.Calls, InputTokens = c.InputTokens, OutputTokens = c.OutputTokens, CostMillionths = c.CostMillionths })],
        Conditions = status.Conditions,
        Clocks = status.Clocks,
    };

    // The incident's timeline is made from status, summaries and reasons; bodies, evidence and verdicts were for the time before.
    private static RemediationRequest Ended(RemediationRequest request) => request with
    {
        Spec = request.Spec with { Hypothesis = new(), Evidence = [], NotFor = null, Plan = request.Spec.Plan with { Steps = StepsInVain(request) } },
        Status = request.Status! with { Gates = [], OpenGates = [] },
    };

    // What was rolled out in vain is not rolled out again for the same incident.
    private static ImmutableArray<PlannedStep> StepsInVain(RemediationRequest request) =>
        FailedTemplates.IsToldBy(request) ? [.. request.Spec.Plan.Steps.Select(static s => s with { Inverse = [] })] : [];
}
