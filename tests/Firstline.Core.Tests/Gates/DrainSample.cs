using Firstline.Api.Meta;
using Firstline.Api.V1Alpha1;
using Firstline.Core.Facts;
using Firstline.Core.Gates;
using Firstline.Core.Planning;
using Firstline.Core.Tests.Actions;

namespace Firstline.Core.Tests.Gates;

/// <summary>A cordoned node on which two ready pods of namespace shop run, the runbook that drains it, and the request planned from both in the operator's namespace.</summary>
internal static class DrainSample
{
    private static TargetRef Node => new() { ApiVersion = "v1", Kind = "Node", Name = "n1", Uid = "node-uid" };

    public static Situation Situation { get; } = new()
    {
        Subject = Node, Node = new() { Ref = Node, IsCordoned = true }, BoundPods = [Pod("web-1"), Pod("web-2")], BoundWorkloadsReadyPods = 20,
    };

    public static PlanningInput Planning { get; } = Sample.Planning with
    {
        Incident = Sample.Incident with
        {
            Metadata = Sample.Incident.Metadata with { Namespace = Sample.OperatorNamespace },
            Spec = Sample.Incident.Spec with { Target = Node },
            Status = Sample.Incident.Status! with { Hypotheses = [Sample.BadRollout with { Resource = Node }] },
        },
        Situation = Situation,
        Runbooks = [Sample.Change(Sample.Undo, static s => s with { Steps = [new() { Name = "drain", Action = "Drain" }] })],
        TimeZones = Sample.View.TimeZones,
    };

    public static RemediationRequest Request(PlanningInput? input = null)
    {
        RemediationRequest request = Sample.Request(input ?? Planning);
        return request with { Metadata = request.Metadata with { Namespace = Sample.OperatorNamespace } };
    }

    public static GateInput ViewOf(RemediationRequest request) =>
        Sample.ViewOf(request) with { Situation = Situation, Incident = Planning.Incident, Runbook = Planning.Runbooks[0] };

    private static PodFacts Pod(string name) => new()
    {
        Ref = new() { ApiVersion = "v1", Kind = "Pod", Namespace = "shop", Name = name, Uid = $"{name}-uid" },
        Controller = new() { ApiVersion = "apps/v1", Kind = "ReplicaSet", Name = "web", Uid = "web-uid" },
        Phase = "Running",
        Conditions = [new("Ready", ConditionStatus.True, "", "", null)],
    };
}
