using Firstline.Api.Meta;
using Firstline.Api.V1Alpha1;
using Firstline.Core.Lifecycle;
using Firstline.Core.Tests.Actions;
using FluentAssertions;
using Xunit;

namespace Firstline.Core.Tests.Lifecycle;

public sealed class RetentionTests
{
    private static readonly DateTimeOffset Now = Sample.Now;
    private static readonly RetentionInput Old = new()
    {
        Incident = Over("old", TimeSpan.FromDays(31)),
        Incidents = [],
        Requests = [],
        Runbooks = [],
        Policy = Sample.Policy,
    };

    public static TheoryData<string, RetentionInput, bool, string> Cases => new()
    {
        { "older than a month", Old, true, "was resolved more than 720h ago" },
        { "younger", Old with { Incident = Over("old", TimeSpan.FromDays(29)) }, false, "is recent" },
        { "older than the policy says", With(Over("old", TimeSpan.FromHours(2)), keepFor: 1), true, "more than 1h ago" },
        { "not over", Old with { Incident = Sample.Incident }, false, "is not over" },
        { "being deleted already", Old with { Incident = Deleted(Old.Incident) }, false, "is not over" },
        { "opened by a person", Old with { Incident = Old.Incident with { Spec = Old.Incident.Spec with { Source = IncidentSource.Manual } } }, false, "by a person" },
        { "no policy", Old with { Policy = null }, false, "without a policy" },
        { "it was closed by hand while its signal fired, which is never written again", Old with { Incident = Old.Incident with { Status = Old.Incident.Status! with { Signals = [Sample.Signal(SignalState.Firing)] } } }, true, "720h" },
        { "a request is not over", Old with { Requests = [Request("r", null, null)] }, false, "request r, which is not over" },
        { "a request is over", Old with { Requests = [Request("r", RemediationOutcome.Rejected, null)] }, true, "720h" },
        { "its child is not over", Old with { Incidents = [Child(Sample.Incident)] }, false, "parent of incident web-crash" },
        { "its child is over", Old with { Incidents = [Child(Over("new", TimeSpan.Zero))] }, true, "720h" },
        { "its change counts for the rate limit", Old with { Requests = [Request("r", RemediationOutcome.Succeeded, 59)] }, false, "still counts for a limit" },
        { "its change counts no more", Old with { Requests = [Request("r", RemediationOutcome.Succeeded, 61)] }, true, "720h" },
        { "its change counts for a runbook's cooldown", Old with { Requests = [Request("r", RemediationOutcome.Succeeded, 61)], Runbooks = [Cooling(2)] }, false, "still counts for a limit" },
        { "its run decides on the runbook's next one", Old with { Requests = [Request("r", RemediationOutcome.RolledBack, 61)], Runbooks = [Sample.Undo] }, false, "last run of its runbook" },
        { "a later run decides", Old with { Requests = [Request("r", RemediationOutcome.RolledBack, 99), Elsewhere(61)], Runbooks = [Sample.Undo] }, true, "720h" },
        { "as many as are kept", With(Over("old", TimeSpan.FromDays(1)), 999, Over("a", TimeSpan.Zero)), false, "is recent" },
        { "more than are kept", With(Over("old", TimeSpan.FromDays(1)), 999, Over("a", TimeSpan.Zero), Over("b", TimeSpan.Zero)), true, "older than the 2 resolved incidents" },
        { "more than are kept, ended at once", With(Over("b", TimeSpan.Zero), 999, Over("a", TimeSpan.Zero), Over("c", TimeSpan.Zero)), false, "is recent" },
        { "more than are kept, and those open don't count", With(Over("old", TimeSpan.FromDays(1)), 999, Over("a", TimeSpan.Zero), Sample.Incident), false, "is recent" },
    };

    [Theory]
    [MemberData(nameof(Cases))]
    public void Retention_removes_what_is_over_and_nobody_needs(string situation, RetentionInput input, bool removed, string message)
    {
        RetentionDecision decision = Retention.Decide(input, Now);
        decision.Remove.Should().Be(removed, situation);
        decision.Message.Should().Contain(message, situation);
    }

    [Fact]
    public void Retention_says_when_time_alone_may_change_the_answer()
    {
        Retention.Decide(Old with { Incident = Over("old", TimeSpan.FromDays(29)) }, Now).LookAgainAt.Should().Be(Now.AddDays(1));
        Retention.Decide(Old with { Incident = Sample.Incident }, Now).LookAgainAt.Should().BeNull("a change of the incident wakes it");
    }

    private static RetentionInput With(Incident incident, int keepFor, params Incident[] others) => Old with
    {
        Incident = incident,
        Incidents = [incident, .. others],
        Policy = Sample.Policy with { Retention = new() { KeepFor = Duration.From(TimeSpan.FromHours(keepFor)), MaxPerNamespace = 2 } },
    };

    private static Incident Over(string name, TimeSpan ago) => Sample.Incident with
    {
        Metadata = Sample.Incident.Metadata with { Name = name, Uid = name == "old" ? "incident-uid" : name + "-uid" },
        Status = Sample.Incident.Status! with
        {
            Signals = [Sample.Signal(SignalState.Resolved)],
            Clocks = new() { ResolvedAt = Now - ago },
            Conditions = [new() { Type = ConditionTypes.Resolved, Status = ConditionStatus.True, LastTransitionTime = Now - ago }],
        },
    };

    private static Incident Deleted(Incident incident) => incident with { Metadata = incident.Metadata with { DeletionTimestamp = Now } };

    private static Incident Child(Incident incident) => incident with { Status = incident.Status! with { Parent = new() { Name = "old", Uid = "incident-uid" } } };

    private static RemediationRequest Request(string name, RemediationOutcome? outcome, int? minutesAgo)
    {
        RemediationRequest request = Sample.Request();
        request = request with { Metadata = request.Metadata with { Name = name, Uid = name + "-uid" } };
        return request.With(s => s with { Outcome = outcome, Steps = minutesAgo is { } m ? [Sample.Step(StepState.Applied, Now.AddMinutes(-m))] : [] });
    }

    private static RemediationRequest Elsewhere(int minutesAgo)
    {
        RemediationRequest request = Request("later", RemediationOutcome.Succeeded, minutesAgo);
        return request with { Spec = request.Spec with { Incident = new() { Uid = "other" } } };
    }

    private static Runbook Cooling(int hours) =>
        Sample.Undo with { Metadata = new() { Name = "cooling" }, Spec = Sample.Undo.Spec with { Limits = new() { Cooldown = Duration.From(TimeSpan.FromHours(hours)) } } };
}
