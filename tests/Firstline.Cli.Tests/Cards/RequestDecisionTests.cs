using Firstline.Api.V1Alpha1;
using Firstline.Cli.Cards;
using Firstline.Cli.Terminal;
using FluentAssertions;
using Xunit;

namespace Firstline.Cli.Tests.Cards;

public sealed class RequestDecisionTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 20, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public void Of_shows_an_approver_all_that_the_decision_rests_on()
    {
        string text = Print(RequestCard.Of(Request(), Now));

        text.Should().ContainAll(
            "Remediation shop/raise-1", "AwaitingApproval", "raise the limit",
            "spec.template.spec.containers.0.resources.limits.memory: 256Mi -> 384Mi", "1/3 ready pods may be disrupted at once",
            "OOMKilled, 80 % (a hypothesis): needs more", "E1 Pod/a: killed", "Against", "E2 Pod/b: fine", "Not for", "Leaks.",
            "Rollback", "limits.memory: 384Mi -> 256Mi", "in 3 h 59 m", "approval: closed", "kubectl annotate remreq raise-1");
        text.Split('\n').Should().OnlyContain(static line => line.TrimEnd().Length <= Screen.PlainWidth);
    }

    [Fact]
    public void Of_shows_what_the_API_server_made_of_it_in_place_of_what_the_plan_says()
    {
        PlanPreview preview = new()
        {
            At = Now,
            Changes = ["Deployment/checkout: spec.template.spec.containers[app].resources.limits.memory: 256Mi -> 384Mi"],
            Refusal = "exceeded quota: memory",
            NotTried = "1 change of an object that an earlier one changes",
        };
        RemediationRequest request = Request();

        string text = Print(RequestCard.Of(request with { Status = request.Status! with { Preview = preview } }, Now));

        text.Should().ContainAll("Dry run", "containers[app].resources.limits.memory:", "256Mi -> 384Mi", "Refused", "would not carry it out as things are: exceeded quota: memory", "Not known");
        text.Should().NotContain("containers.0.resources.limits.memory: 256Mi -> 384Mi", "one list of changes is enough");
        text.Split('\n').Length.Should().BeLessThan(40, "it is one screen");
    }

    [Fact]
    public void Of_fits_fifty_lines_however_much_the_evidence_has_to_say()
    {
        RemediationRequest request = Request();
        string[] cited = [.. Enumerable.Range(1, 12).Select(static n => $"E{n}")];
        RemediationRequest full = request with
        {
            Spec = request.Spec with
            {
                Hypothesis = request.Spec.Hypothesis with { EvidenceFor = [.. cited], EvidenceAgainst = ["E12"], Statement = new('s', 160) },
                Evidence = [.. cited.Select(static id => new EvidenceItem { Id = id, Source = "Pod/checkout-8dp2x5xtqh-f8kfs status.containerStatuses[app]", Excerpt = string.Concat(Enumerable.Repeat("it says much ", 80)) })],
                NotFor = string.Concat(Enumerable.Repeat("not for leaks ", 20)),
            },
            Status = request.Status! with
            {
                NextStep = string.Concat(Enumerable.Repeat("kubectl annotate ", 28)),
                Preview = new() { At = Now, Changes = [new('l', 90), new('r', 90)] },
            },
        };

        Print(RequestCard.Of(full, Now)).TrimEnd().Split('\n').Length.Should().BeInRange(30, 50);
    }

    [Fact]
    public void Of_says_when_a_step_cannot_be_undone()
    {
        RemediationRequest request = Request();
        PlannedStep gone = request.Spec.Plan.Steps[0] with { Inverse = [], Irreversible = "the Job is gone for good" };

        string text = Print(RequestCard.Of(request with { Spec = request.Spec with { Plan = request.Spec.Plan with { Steps = [gone] } } }, Now));

        text.Should().Contain("not possible for raise: the Job is gone for good");
    }

    [Theory]
    [InlineData("a deletion", MutationVerb.Delete, null, "delete Job/x")]
    [InlineData("a merge patch", MutationVerb.MergePatch, """{"data":{"a":"1","b":null}}""", "data.a: 1|data.b: removed")]
    [InlineData("a path with a slash in a name", MutationVerb.JsonPatch, """[{"op":"add","path":"/metadata/annotations/a~1b","value":"c"}]""", "metadata.annotations.a/b: c")]
    [InlineData("a removal", MutationVerb.JsonPatch, """[{"op":"remove","path":"/a/b"}]""", "a.b: removed")]
    [InlineData("a call", MutationVerb.Call, """{"content":{"pool":"blue"}}""", "call Job/x|content.pool: blue")]
    [InlineData("a taint", MutationVerb.Taint, """{"taint":{"effect":"NoSchedule","key":"a"},"wanted":true}""", "taint a:NoSchedule: added")]
    [InlineData("a taint that goes", MutationVerb.Taint, """{"taint":{"effect":"NoSchedule","key":"a","value":"b"},"wanted":false}""", "taint a=b:NoSchedule: removed")]
    public void Lines_says_what_changes_field_by_field(string situation, MutationVerb verb, string? body, string lines) =>
        string.Join('|', MutationText.Lines(new() { Verb = verb, Target = new() { Kind = "Job", Name = "x" }, Body = body })).Should().Be(lines, situation);

    private static RemediationRequest Request() => new()
    {
        Metadata = new() { Name = "raise-1", Namespace = "shop" },
        Spec = new()
        {
            Incident = new() { Name = "checkout" },
            Level = RemediationLevel.L2,
            LevelReasons = ["the runbook declares L2"],
            Hypothesis = new() { Id = "H1", Cause = "OOMKilled", ConfidencePercent = 80, Statement = "needs more", EvidenceFor = ["E1"], EvidenceAgainst = ["E2"] },
            Evidence = [new() { Id = "E1", Source = "Pod/a", Excerpt = "killed" }, new() { Id = "E2", Source = "Pod/b", Excerpt = "fine" }],
            NotFor = "Leaks.",
            ExpiresAt = Now.AddHours(4).AddSeconds(-1),
            Plan = new()
            {
                Summary = "raise the limit",
                BlastRadius = new() { ReadyPods = 3, Summary = "1/3 ready pods" },
                Steps = [new() { Name = "raise", Action = "SetResources", Summary = "raise the limit", Forward = [Change("256Mi", "384Mi")], Inverse = [Change("384Mi", "256Mi")] }],
            },
        },
        Status = new()
        {
            Stage = "AwaitingApproval",
            NextStep = "To approve: kubectl annotate remreq raise-1 -n shop firstline.dev/approved=<your user name>.",
            Gates = [new() { Name = "approval", Decision = GateDecision.Closed, Message = "closed" }, new() { Name = "Rate", Decision = GateDecision.Open, Message = "open" }],
        },
    };

    private static Mutation Change(string from, string to)
    {
        const string Path = "/spec/template/spec/containers/0/resources/limits/memory";
        return new()
        {
            Verb = MutationVerb.JsonPatch, Target = new() { Kind = "Deployment", Name = "checkout" },
            Body = $$"""[{"op":"test","path":"{{Path}}","value":"{{from}}"},{"op":"replace","path":"{{Path}}","value":"{{to}}"}]""",
        };
    }

    private static string Print(Card card)
    {
        using StringWriter text = new();
        CardPrinter.Print(Screen.Of(text, TextWriter.Null, isRedirected: true).Out, card);
        return text.ToString();
    }
}
