using System.Collections.Immutable;
using Firstline.Api.Meta;
using Firstline.Api.V1Alpha1;
using Firstline.Core.Actions;
using Firstline.Core.Facts;
using Firstline.Core.Gates;
using Firstline.Core.Planning;

namespace Firstline.Core.Tests.Actions;

/// <summary>A Deployment whose second revision crashes, the runbook for it, and the request planned from both.</summary>
internal static class Sample
{
    public static readonly DateTimeOffset Now = new(2026, 11, 20, 12, 0, 0, TimeSpan.Zero);
    public const string OperatorNamespace = "firstline-system";
    public const string Good = """{"metadata":{"labels":{"app":"web"}},"spec":{"containers":[{"name":"app","image":"web:1"}]}}""";
    public const string Bad = """{"metadata":{"labels":{"app":"web"}},"spec":{"containers":[{"name":"app","image":"web:2"}]}}""";
    public static readonly TargetRef Web = new() { ApiVersion = "apps/v1", Kind = "Deployment", Namespace = "shop", Name = "web", Uid = "web-uid" };

    public static WorkloadFacts Workload { get; } = new()
    {
        Ref = Web,
        Generation = 2,
        ObservedGeneration = 2,
        ResourceVersion = "10",
        DesiredPods = 4,
        ReadyPods = 3,
        AvailablePods = 3,
        UpdatedPods = 1,
        MaxUnavailablePods = 1,
        TemplateJson = Bad,
    };

    public static Situation Broken { get; } = new()
    {
        Subject = Web,
        Workload = Workload,
        Revisions = [Revision(2, Bad, 1, 0), Revision(1, Good, 3, 3)],
    };

    public static Situation Healthy { get; } = Broken with
    {
        Workload = Workload with { Generation = 3, ObservedGeneration = 3, ReadyPods = 4, AvailablePods = 4, UpdatedPods = 4, TemplateJson = Good },
    };

    /// <summary>Changed by the plan, and no better.</summary>
    public static Situation StillBroken { get; } = Broken with { Workload = Workload with { Generation = 3, ObservedGeneration = 3 } };

    public static RevisionFacts Revision(long number, string template, int desired, int ready) => new()
    {
        Ref = new() { Kind = "ReplicaSet", Name = $"web-{number}" },
        Number = number,
        TemplateJson = template,
        DesiredPods = desired,
        ReadyPods = ready,
    };

    public static Hypothesis BadRollout { get; } = new()
    {
        Id = "H1",
        Cause = Causes.BadRollout,
        Statement = "revision 2 crashes",
        ConfidencePercent = 90,
        Resource = Web,
        EvidenceFor = ["E1"],
    };

    public static Incident Incident { get; } = new()
    {
        Metadata = new() { Name = "web-crash", Namespace = "shop", Uid = "incident-uid", Generation = 1 },
        Spec = new() { Source = IncidentSource.Detector, Target = Web, Summary = "web crashes" },
        Status = new()
        {
            Hypotheses = [BadRollout],
            Signals = [Signal(SignalState.Firing)],
            Conditions = [new() { Type = ConditionTypes.Diagnosed, Status = ConditionStatus.True, Reason = "HypothesesReady" }],
        },
    };

    public static SignalRecord Signal(SignalState state, IncidentSource source = IncidentSource.Detector) =>
        new() { Fingerprint = $"crash/{source}", Source = source, Name = "CrashLoop", State = state, Count = 1 };

    public static Incident With(SignalState state) => Incident with { Status = Incident.Status! with { Signals = [Signal(state)] } };

    public static Runbook Undo { get; } = Approved(new Runbook
    {
        Metadata = new() { Name = "undo", Namespace = OperatorNamespace, Uid = "runbook-uid" },
        Spec = new()
        {
            Description = "takes it back",
            Match = new() { Causes = [Causes.BadRollout] },
            Level = RemediationLevel.L1,
            Steps = [new() { Name = "undo", Action = "RolloutUndo" }],
        },
    });

    public static Runbook Approved(Runbook runbook) => runbook with
    {
        Metadata = runbook.Metadata with
        {
            Annotations = runbook.Metadata.Annotations.SetItem(AnnotationNames.ApprovedRevision, RunbookRevision.Of(runbook.Spec)),
        },
    };

    public static Runbook Change(Runbook runbook, Func<RunbookSpec, RunbookSpec> change) => Approved(runbook with { Spec = change(runbook.Spec) });

    public static RemediationPolicySpec Policy { get; } = new() { MaxMode = OperatingMode.Auto };

    public static PlanningInput Planning { get; } = new()
    {
        Incident = Incident,
        Situation = Broken,
        Runbooks = [Undo],
        Requests = [],
        IsNameTaken = static _ => false,
        Policy = Policy,
        RunbookIdentity = ApprovalIdentity.Verified,
        OperatorNamespace = OperatorNamespace,
        Now = Now,
    };

    public static PlanningResult.Planned Planned(PlanningInput? input = null) => (PlanningResult.Planned)Planner.Plan(input ?? Planning);

    public static RemediationRequest Request(PlanningInput? input = null)
    {
        PlanningResult.Planned planned = Planned(input);
        return new()
        {
            Metadata = new() { Name = planned.Name, Namespace = "shop", Uid = "request-uid", Generation = 1, CreationTimestamp = Now },
            Spec = planned.Spec,
            Status = new() { ApprovalIdentity = ApprovalIdentity.Verified },   // looked at once, while admission checked who annotates
        };
    }

    public static RemediationRequest Annotated(this RemediationRequest request, string key, string value) =>
        request with { Metadata = request.Metadata with { Annotations = request.Metadata.Annotations.SetItem(key, value) } };

    public static RemediationRequest With(this RemediationRequest request, Func<RemediationRequestStatus, RemediationRequestStatus> change) =>
        request with { Status = change(request.Status ?? new()) };

    public static GateInput View { get; } = ViewOf(Request());

    public static GateInput ViewOf(RemediationRequest request) => new()
    {
        Request = request,
        Policy = Policy,
        Runbook = Undo,
        IsLeader = true,
        Cache = new(HasSynced: true, Now),
        Situation = Broken,
        Incident = Incident,
        Requests = [request],
        RunsOfRunbook = [request],
        OpenIncidents = 1,
        OperatorNamespace = OperatorNamespace,
        Identity = ApprovalIdentity.Verified,
        ApproverRights = ImmutableDictionary<string, bool>.Empty.Add("ann", true).Add("bob", true),
        AuthorIdentity = ApprovalIdentity.Verified,
        TimeZones = static name => TimeZoneInfo.TryFindSystemTimeZoneById(name, out TimeZoneInfo? zone) ? zone : null,
        RunbookIdentity = ApprovalIdentity.Verified,
    };

    public static StepRecord Step(StepState state, DateTimeOffset? appliedAt = null) => new() { Name = "undo", State = state, IntendedAt = Now, AppliedAt = appliedAt };

    /// <summary>Another request on the same target.</summary>
    public static RemediationRequest Other(string target = "web", params StepRecord[] steps)
    {
        RemediationRequest request = Request();
        return request with
        {
            Metadata = request.Metadata with { Name = "other", Uid = "other-uid" },
            Spec = request.Spec with { Plan = request.Spec.Plan with { Target = Web with { Name = target, Uid = target + "-uid" } } },
            Status = new() { Steps = [.. steps] },
        };
    }

    public static ActionResult Plan(IAction action, Situation situation, TargetRef? target = null, params (string Name, string Value)[] parameters)
    {
        RunbookStep step = new() { Name = "s", Action = action.Name, With = parameters.ToImmutableSortedDictionary(static p => p.Name, static p => p.Value) };
        return action.Plan(new(target ?? situation.Subject, situation, RunbookValidator.Parameters(step, action), Now));
    }
}
