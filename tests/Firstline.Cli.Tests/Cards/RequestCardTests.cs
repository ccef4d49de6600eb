using Firstline.Api.V1Alpha1;
using Firstline.Cli.Cards;
using Firstline.Core.Facts;
using FluentAssertions;
using Xunit;

namespace Firstline.Cli.Tests.Cards;

public sealed class RequestCardTests
{
    [Fact]
    public void Decision_shows_the_evidence_that_the_request_itself_carries_on_its_side()
    {
        RemediationRequest request = new()
        {
            Metadata = new() { Name = "undo-1", Namespace = "shop" },
            Spec = new()
            {
                Hypothesis = new() { Id = "H1", Cause = Causes.BadRollout, ConfidencePercent = 85, Statement = "revision 2 crashes", EvidenceFor = ["E5"], EvidenceAgainst = ["E7"] },
                Evidence = [Item("E5", "Pod/web-1 status", "exit code 1"), Item("E7", "ConfigMap/web data", "differs")],
            },
        };

        CardRow[] rows = [.. RequestCard.Decision(request)];

        rows.Should().Contain(new CardRow("", "E5 Pod/web-1 status: exit code 1", Tone.Quiet)).And.Contain(new CardRow("Against", "E7 ConfigMap/web data: differs"));
        rows.Where(static r => r.Text.StartsWith('E')).Should().HaveCount(2);
    }

    [Fact]
    public void Decision_tells_of_a_target_without_ready_pods_what_the_plan_says()
    {
        RemediationRequest request = new() { Spec = new() { Plan = new() { BlastRadius = new() { DesiredPods = 3, Summary = "restarts 3 pods, none ready" } } } };

        RequestCard.Decision(request).Should().Contain(new CardRow("Blast radius", "restarts 3 pods, none ready"));
    }

    private static EvidenceItem Item(string id, string source, string excerpt) => new() { Id = id, Source = source, Excerpt = excerpt };
}
