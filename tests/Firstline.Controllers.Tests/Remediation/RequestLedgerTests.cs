using System.Collections.Immutable;
using Firstline.Api.V1Alpha1;
using Firstline.Controllers.Remediation;
using FluentAssertions;
using Xunit;

namespace Firstline.Controllers.Tests.Remediation;

public sealed class RequestLedgerTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 20, 12, 0, 0, TimeSpan.Zero);
    private readonly RequestLedger _ledger = new();

    [Theory]
    [InlineData(10)]
    [InlineData(1000)]
    public void BearingOn_visits_no_more_requests_when_more_have_ended(int ended)
    {
        for (int i = 0; i < ended; i++)
        {
            See(Request($"same-{i}", "web", Now.AddDays(-2).AddMinutes(-i), RemediationOutcome.Succeeded));
            See(Request($"other-{i}", $"target-{i}", Now.AddDays(-1), RemediationOutcome.Succeeded));
        }

        RemediationRequest judged = Request("judged", "web", null, null);
        See(judged);
        See(Request("under-way", "db", Now.AddHours(-3), null));
        See(Request("recent", "queue", Now.AddMinutes(-59), RemediationOutcome.Failed));

        NamesOf(_ledger.BearingOn(judged, Now)).Should().BeEquivalentTo("under-way", "recent", "same-0", "same-1");
    }

    [Fact]
    public void BearingOn_knows_what_was_written_before_the_cache_shows_it()
    {
        RemediationRequest first = Request("first", "web", null, null);
        RemediationRequest second = Request("second", "web", null, null);
        See(first);
        See(second);
        NamesOf(_ledger.BearingOn(second, Now)).Should().BeEmpty();

        _ledger.Wrote(first, new() { Steps = [new() { Name = "s", State = StepState.Intended, IntendedAt = Now }] }, Now);
        NamesOf(_ledger.BearingOn(second, Now)).Should().Equal("first");

        See(first with { Metadata = first.Metadata with { ResourceVersion = "2" } }, first);
        NamesOf(_ledger.BearingOn(second, Now)).Should().Equal(["first"], "an event from before the write turns nothing back");

        Gone(first);
        NamesOf(_ledger.BearingOn(second, Now)).Should().BeEmpty();
        _ledger.Newest(first).Status.Should().Be(first.Status, "what is gone is forgotten");
    }

    [Theory]
    [InlineData(10)]
    [InlineData(1000)]
    public void FailedRunsOf_visits_no_more_requests_when_more_have_ended(int ended)
    {
        for (int i = 0; i < ended; i++)
        {
            See(Request($"helped-{i}", "web", Now.AddMinutes(-i), RemediationOutcome.Succeeded));
            See(Request($"long-ago-{i}", "web", Now.AddDays(-2).AddMinutes(-i), RemediationOutcome.Failed));
        }

        RemediationRequest failed = Request("failed", "web", Now.AddHours(-3), RemediationOutcome.Failed);
        See(failed);
        See(Request("of another", "web", Now, RemediationOutcome.Failed) with { Spec = failed.Spec with { Runbook = new() { Namespace = "ops", Name = "another" } } });
        Runbook runbook = new() { Metadata = new() { Namespace = "ops", Name = "undo" } };
        NamesOf(_ledger.FailedRunsOf(runbook, Now.AddDays(-1))).Should().Equal("failed");

        _ledger.Wrote(Request("now", "web", Now, null), new() { Outcome = RemediationOutcome.Failed }, Now);
        NamesOf(_ledger.FailedRunsOf(runbook, Now.AddDays(-1))).Should().Equal(["failed"], "it is not one that is known");
        RemediationRequest now = Request("now", "web", Now, null);
        See(now);
        _ledger.Wrote(now, now.Status! with { Outcome = RemediationOutcome.RolledBack }, Now);
        NamesOf(_ledger.FailedRunsOf(runbook, Now.AddDays(-1))).Should().Equal(["failed", "now"], "before the cache shows it");
        Gone(failed);
        NamesOf(_ledger.FailedRunsOf(runbook, Now.AddDays(-1))).Should().Equal("now");
    }

    [Fact]
    public void What_was_overtaken_is_what_the_cache_shows_to_others_too()
    {
        RemediationRequest first = Request("first", "web", null, null);
        RemediationRequest second = Request("second", "web", null, null);
        See(first);
        See(second);
        _ledger.Wrote(first, new() { Steps = [new() { Name = "s", State = StepState.Intended, IntendedAt = Now }] }, Now);
        _ledger.Overtaken(first);
        NamesOf(_ledger.BearingOn(second, Now)).Should().BeEmpty("another leader wrote something else, and its event comes");
    }

    [Fact]
    public void What_is_noted_of_a_request_that_is_gone_is_not_remembered()
    {
        RemediationRequest first = Request("first", "web", Now, null);
        RemediationRequest second = Request("second", "web", null, null);
        See(first);
        See(second);
        Gone(first);

        _ledger.Saw(first, first.Status! with { NextStep = "seen by the reconcile that was under way" });
        _ledger.Wrote(first, first.Status!, Now);

        NamesOf(_ledger.BearingOn(second, Now)).Should().BeEmpty("no later event would take it out again");
        _ledger.StoredAt(first).Should().BeNull();
    }

    [Fact]
    public void Newest_is_what_the_cache_shows_once_that_is_final()
    {
        RemediationRequest request = Request("first", "web", Now, null);
        See(request);
        _ledger.Wrote(request, request.Status! with { Outcome = RemediationOutcome.Succeeded, NextStep = "written" }, Now);
        _ledger.Newest(request).Status!.NextStep.Should().Be("written");

        RemediationRequest final = Request("first", "web", Now, RemediationOutcome.Succeeded);
        See(final, request);
        _ledger.Newest(final).Should().BeSameAs(final);
    }

    [Fact]
    public void Holds_tells_what_was_only_seen_from_what_was_stored()
    {
        RemediationRequest request = Request("first", "web", Now, null);
        See(request);
        _ledger.Holds(request, request.Status!).Should().BeTrue("the cache shows it");

        RemediationRequestStatus look = request.Status! with { Verification = new() { HealthySince = Now } };
        _ledger.Wrote(request, request.Status!, Now);
        _ledger.Saw(request, look);
        _ledger.Newest(request).Status!.Verification!.HealthySince.Should().Be(Now, "the stable time goes on without a write");
        _ledger.Holds(_ledger.Newest(request), look).Should().BeFalse("it is not stored");
        _ledger.StoredAt(request).Should().Be(Now);

        _ledger.Wrote(request, look, Now.AddMinutes(1));
        _ledger.Holds(_ledger.Newest(request), look).Should().BeTrue();
    }

    private void See(RemediationRequest now, RemediationRequest? old = null) => _ledger.Changed(old, now);

    private void Gone(RemediationRequest request) => _ledger.Changed(request, null);

    private static IEnumerable<string> NamesOf(ImmutableArray<RemediationRequest> requests) => requests.Select(static r => r.Metadata.Name).Where(static n => n != "judged");

    private static RemediationRequest Request(string name, string target, DateTimeOffset? changed, RemediationOutcome? outcome) => new()
    {
        Metadata = new() { Name = name, Namespace = "shop", Uid = name, ResourceVersion = "1" },
        Spec = new() { Runbook = new() { Namespace = "ops", Name = "undo" }, Plan = new() { Target = new() { Kind = "Deployment", Name = target } } },
        Status = new() { Outcome = outcome, Steps = changed is null ? [] : [new() { Name = "s", State = StepState.Applied, AppliedAt = changed }] },
    };
}
