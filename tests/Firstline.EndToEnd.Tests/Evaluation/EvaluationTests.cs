using System.Collections.Immutable;
using Firstline.Cli.Evaluation;
using Firstline.Testing;
using FluentAssertions;
using Microsoft.Extensions.Logging.Abstractions;
using Xunit;

namespace Firstline.EndToEnd.Tests.Evaluation;

/// <summary>Runs the operator on stored incidents and holds it to what it reached.</summary>
public class EvaluationTests
{
    private const string Variable = "FIRSTLINE_INCIDENTS";

    [Fact]
    public async Task Our_own_cases_are_found_and_a_healthy_cluster_raises_nothing()
    {
        ImmutableArray<CaseScore> scores = await ScoresAsync(Path.Combine(Checkout.Folder, "tests", "golden"));

        scores.Where(static s => s.IsIncident).Should().NotBeEmpty().And.OnlyContain(s => s.Detected && s.ObjectFirst && s.CauseFirst == 1 && s.Incidents == 1);
        scores.Where(static s => !s.IsIncident).Should().NotBeEmpty().And.OnlyContain(s => s.Incidents == 0);
        scores.Should().OnlyContain(static s => s.Unresolved == 0 && s.Cited >= s.Incidents);
    }

    [SkippableFact]
    public async Task Public_incidents_are_found_as_well_as_before()
    {
        string folder = Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } given ? given : Path.Combine(Checkout.Folder, "..", "shared", "incidents");
        Skip.IfNot(Directory.Exists(folder), $"{Variable} names no folder of public incidents, and there is none at ../shared/incidents beside the repository");
        ImmutableArray<CaseScore> scores = await ScoresAsync(folder);
        ImmutableArray<CaseScore> incidents = [.. scores.Where(static s => s.IsIncident)];

        scores.Where(static s => !s.IsIncident).Sum(static s => s.Incidents).Should().Be(0, "a healthy cluster raises no incident");
        incidents.Average(static s => s.Detected ? 1 : 0).Should().BeGreaterThanOrEqualTo(0.98);
        incidents.Average(static s => s.ObjectFirst ? 1 : 0).Should().BeGreaterThanOrEqualTo(0.98);
        incidents.Average(static s => s.Category ? 1 : 0).Should().BeGreaterThanOrEqualTo(0.95);
        incidents.Average(static s => s.Keywords ? 1 : 0).Should().BeGreaterThanOrEqualTo(0.95);
        incidents.Average(static s => s.CauseInThree).Should().BeGreaterThanOrEqualTo(0.98);
        incidents.Average(static s => s.CauseFirst).Should().BeGreaterThanOrEqualTo(0.98);
        scores.Sum(static s => s.Cited).Should().BePositive();
        scores.Sum(static s => s.Unresolved).Should().Be(0, "what a hypothesis cites is there");
    }

    private static async Task<ImmutableArray<CaseScore>> ScoresAsync(string folder)
    {
        ImmutableArray<CaseOutcome> outcomes = await EvaluationRun.RunAsync(CaseFolder.Find(folder), NullLoggerFactory.Instance, CancellationToken.None);
        outcomes.Select(static o => o.Result.Error).Should().OnlyContain(static error => error == null, "each case can be run");
        return EvaluationRun.Score(outcomes);
    }
}
