using Firstline.Api.V1Alpha1;
using Firstline.Core.Gates;
using Firstline.Core.Lifecycle;
using Firstline.Core.Tests.Actions;
using FluentAssertions;
using Xunit;

namespace Firstline.Core.Tests.Lifecycle;

public sealed class RequestFinalizerTests
{
    [Theory]
    [InlineData("it may begin at once", RemediationLevel.L1, false, true)]
    [InlineData("it waits for the kill switch", RemediationLevel.L1, true, false)]
    [InlineData("it waits for a human", RemediationLevel.L2, false, false)]
    public void OfNew_holds_what_may_begin(string situation, RemediationLevel level, bool isSuspended, bool isHeld)
    {
        RemediationRequest request = Sample.Request();
        request = request with { Spec = request.Spec with { Level = level } };
        GateInput view = Sample.ViewOf(request) with { Policy = Sample.Policy with { Suspended = isSuspended } };
        RequestFinalizer.OfNew(GateChain.Judge(GateChain.Forward, view, Sample.Now)).Should().HaveCount(isHeld ? 1 : 0, situation);
    }

    [Theory]
    [InlineData("it waits and has changed nothing", true)]
    [InlineData("it waits with an intent stored", false)]
    [InlineData("it waits halfway", false)]
    [InlineData("it is about to store an intent", false)]
    [InlineData("it waits and is not held", false)]
    public void IsIdleFor_lets_go_only_what_waits_and_has_nothing_to_hold(string situation, bool expected)
    {
        RemediationRequest request = Sample.Request();
        request = request with { Metadata = request.Metadata with { Finalizers = situation.EndsWith("not held", StringComparison.Ordinal) ? [] : [FinalizerNames.Remediation] } };
        request = situation switch
        {
            "it waits with an intent stored" => request.With(static s => s with { Steps = [Sample.Step(StepState.Intended, null)] }),
            "it waits halfway" => request.With(static s => s with { Steps = [Sample.Step(StepState.Applied, Sample.Now)] }),
            _ => request,
        };
        NextStep step = situation.Contains("about to", StringComparison.Ordinal)
            ? new NextStep.RecordIntent(request.Spec.Plan.Steps[0], PlanDirection.Forward)
            : new NextStep.Wait(new() { Name = "KillSwitch", Decision = GateDecision.Closed, Reason = "Suspended", Message = "suspended" }, null);
        RequestFinalizer.IsIdleFor(request, step).Should().Be(expected, situation);
    }
}
