using System.Collections.Immutable;
using Firstline.Api.Meta;
using Firstline.Api.V1Alpha1;
using Firstline.Cli.Cards;
using Firstline.Core.Facts;
using FluentAssertions;
using Xunit;

namespace Firstline.Cli.Tests.Cards;

public sealed class IncidentCardTests
{
    private const string Take = "kubectl patch inc web -n shop --type=merge -p '{\"spec\":{\"commander\":\"<your user name>\"}}'";

    [Theory]
    [InlineData("alice@example.com", "New", "alice@example.com")]
    [InlineData(null, "New", "nobody|" + Take)]
    [InlineData(null, "Resolved", "nobody")]
    public void It_says_who_leads_the_response_and_how_to(string? commander, string stage, string rows) => IncidentCard.Of(
            new() { Metadata = new() { Name = "web", Namespace = "shop" }, Spec = new() { Commander = commander }, Status = new() { Stage = stage } }, DateTimeOffset.UnixEpoch)
        .Rows.SkipWhile(static r => r.Label != "Commander").TakeWhile(static r => r.Label is "Commander" or "").Select(static r => r.Text).Should().Equal(rows.Split('|'));

    [Fact]
    public void It_says_in_two_lines_what_a_model_adds_and_what_it_cost()
    {
        IncidentStatus status = new()
        {
            Conditions = [new() { Type = ConditionTypes.Refined, Status = ConditionStatus.True, Reason = "ModelAnswered", Message = "m adds 1 hypothesis to those of the rules, the first M1 BadRollout (45 %)" }],
            ModelCalls = [new() { Id = "Q1", Outcome = ModelOutcome.Answered, Calls = 3, InputTokens = 4000, OutputTokens = 300, CostMillionths = 16_500, Rationale = "the log says so" }],
        };

        Told(status).Should().Equal("m adds 1 hypothesis to those of the rules, the first M1 BadRollout (45 %)", "Q1 of 1: Answered after 3 calls, 4300 tokens, cost 0.0165; it says: the log says so");
        Told(new()).Should().BeEmpty("without a model nothing of it is shown");

        static IEnumerable<string> Told(IncidentStatus status) => Rows(status).SkipWhile(static r => r.Label != "Model").TakeWhile(static r => r.Label is "Model" or "").Select(static r => r.Text);
    }

    [Fact]
    public void A_hypothesis_is_shown_with_what_would_confirm_and_what_would_refute_it() => Rows(new()
    {
        Hypotheses = [new() { Id = "H1", Cause = Causes.BadRollout, ConfidencePercent = 85, Statement = "revision 2 crashes", Prediction = "Going back ends it.", Refutation = "Revision 1 fails too." }],
    }).Should().ContainInOrder(
        new CardRow("Hypotheses", "H1 85 % BadRollout: revision 2 crashes"), new CardRow("", "if so: Going back ends it. Not so, if: Revision 1 fails too.", Tone.Quiet));

    [Fact]
    public void What_is_ruled_out_names_its_evidence() =>
        Rows(new() { Triage = new() { RuledOut = [new() { Causes = [Causes.OomKilled], Why = "no container was killed", Evidence = ["E4"] }, new() { Causes = [Causes.BadRollout], Why = "it was not rolled out" }] } })
            .Should().ContainInOrder(new CardRow("Ruled out", "OOMKilled: no container was killed (E4)", Tone.Quiet), new CardRow("", "BadRollout: it was not rolled out", Tone.Quiet));

    [Fact]
    public void The_dashboard_stands_below_the_next_step() =>
        Rows(new() { NextStep = "Look.", Triage = new() { Dashboard = "https://grafana.example/d?name=web" } })
            .Should().ContainInOrder(new CardRow("Next", "Look.", Tone.Attention), new CardRow("Dashboard", "https://grafana.example/d?name=web"));

    private static ImmutableArray<CardRow> Rows(IncidentStatus status) =>
        IncidentCard.Of(new Incident { Metadata = new() { Name = "web", Namespace = "shop" }, Status = status }, DateTimeOffset.UnixEpoch).Rows;
}
