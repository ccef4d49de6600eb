using System.Collections.Immutable;
using Firstline.Core.Diagnosis;
using Firstline.Core.Diagnosis.Changes;
using FluentAssertions;
using Xunit;
using Xunit.Abstractions;
using static Firstline.Core.Tests.Facts.Given;

namespace Firstline.Core.Tests.Diagnosis.Changes;

public sealed class ChangeHistoryTests(ITestOutputHelper output)
{
    private const int Seeds = 200;

    [Fact]
    public void The_change_that_did_it_stands_first_among_thirty_that_did_not()
    {
        ImmutableArray<(int Rank, string Miss)> ranks = [.. Enumerable.Range(1, Seeds).Select(RankOf)];
        int first = ranks.Count(static r => r.Rank == 1), three = ranks.Count(static r => r.Rank <= 3);
        output.WriteLine($"change correlation: {Seeds} histories, 1 culprit among {ChangeHistory.Innocents} others: first in {first}, in the first three in {three}");
        output.WriteLine(string.Join('\n', ranks.Where(static r => r.Rank > 1).Select(static r => r.Miss)));

        ((double)first / Seeds).Should().BeGreaterThanOrEqualTo(0.9);
        ((double)three / Seeds).Should().BeGreaterThanOrEqualTo(0.99);
    }

    private static (int Rank, string Miss) RankOf(int seed)
    {
        ChangeHistory history = ChangeHistory.Of(seed);
        ImmutableArray<ScoredChange> found = ChangeFinder.Find(history.Situation, new Dependencies(history.Situation), FailureFinder.Find(history.Situation), ChangeHistory.Onset, Now);
        (ScoredChange culprit, int at) = found.Select(static (c, i) => (c, i)).First(c => c.c.Change.Resource.Name == history.Culprit.Resource.Name && c.c.Change.Time == history.Culprit.Time);
        return (at + 1, $"seed {seed}: {Text(culprit)} after {Text(found[0])}");
    }

    private static string Text(ScoredChange change) => $"{change.Change.Resource} {change.Score.Points} {ChangeFinder.Before(ChangeHistory.Onset - change.Change.Time)}";
}
