using Firstline.Api.V1Alpha1;
using Firstline.Core.Facts;
using Firstline.Core.Gates;
using Firstline.Core.Lifecycle;
using Firstline.Core.Tests.Actions;

namespace Firstline.Core.Tests.Lifecycle;

/// <summary>Walks a request through its decisions as the controller does, with a world that answers as told.</summary>
internal sealed class RemediationWalk(RemediationRequest request)
{
    public RemediationRequest Request { get; private set; } = request;

    public DateTimeOffset Now { get; set; } = Sample.Now;

    public Situation? Situation { get; set; } = Sample.Broken;

    public Incident? Incident { get; set; } = Sample.Incident;

    public RemediationPolicySpec? Policy { get; set; } = Sample.Policy;

    public Runbook Runbook { get; set; } = Sample.Undo;

    public bool IsNamespaceEnding { get; set; }

    public ApprovalIdentity? Identity { get; set; } = ApprovalIdentity.Verified;

    public Func<NextStep, StepOutcome> World { get; set; } = static _ => new StepOutcome.Applied(3, null, "done");

    /// <summary>One step; returns it.</summary>
    public NextStep Step()
    {
        GateInput view = View();
        RemediationDecision decision = RemediationLifecycle.Decide(view, Now);
        StepOutcome outcome = decision.Step is NextStep.Execute or NextStep.Recognise ? World(decision.Step) : new StepOutcome.None();
        if (decision.Step is not NextStep.Settled)
        {
            Request = Request with { Status = RemediationReport.ToStatus(view, decision, outcome, Now) };
        }

        return decision.Step;
    }

    /// <summary>Decides without reporting: what a crash leaves behind.</summary>
    public NextStep Peek() => RemediationLifecycle.Decide(View(), Now).Step;

    public RemediationWalk Steps(int count)
    {
        for (int i = 0; i < count; i++)
        {
            Step();
        }

        return this;
    }

    private GateInput View() => Sample.ViewOf(Request) with
    {
        Situation = Situation,
        Incident = Incident,
        Policy = Policy,
        Runbook = Runbook,
        Cache = new(true, Now),
        IsNamespaceEnding = IsNamespaceEnding,
        Identity = Identity,
    };
}
