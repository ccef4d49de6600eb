using Firstline.Api.V1Alpha1;
using Firstline.Controllers.Detection;
using FluentAssertions;
using Xunit;

namespace Firstline.Controllers.Tests.Detection;

public sealed class LogSurveyPaceTests
{
    private static readonly DateTimeOffset Begin = new(2026, 5, 1, 12, 0, 0, TimeSpan.Zero);
    private static readonly TimeSpan Period = TimeSpan.FromMinutes(5);

    [Fact]
    public void Takeover_with_many_workloads_reads_no_more_than_five_logs_a_second_and_forgets_none()
    {
        DateTimeOffset[] reads = [.. Play(workloads: 3000, logs: 2, until: Begin + TimeSpan.FromSeconds(3000 * 2 / 5))];

        reads.GroupBy(static at => (at - Begin).Ticks / TimeSpan.TicksPerSecond).Max(static second => second.Count()).Should().BeLessThanOrEqualTo(6, "two logs each, five a second");
        reads.Should().HaveCountGreaterThan(3000 * 2 * 95 / 100).And.HaveCountLessThanOrEqualTo((3000 * 2) + 6, "the rate is used, and kept to");
    }

    [Fact]
    public void Looks_at_few_workloads_are_spread_over_the_period_and_come_again_in_each()
    {
        DateTimeOffset[] reads = [.. Play(workloads: 300, logs: 1, until: Begin + (3 * Period))];

        reads.Should().HaveCountGreaterThan(2 * 300).And.HaveCountLessThanOrEqualTo(3 * 300);
        reads.GroupBy(static at => (at - Begin).Ticks / TimeSpan.FromSeconds(30).Ticks).Should().HaveCount(30).And.OnlyContain(static part => part.Count() < 60, "thirty are a tenth of them");
    }

    [Fact]
    public void Workload_that_appears_later_is_looked_at_at_once() => new LogSurveyPace(Period, Begin).Wait(Workload(1), 1, Begin + Period).Should().Be(TimeSpan.Zero);

    [Fact]
    public void Workload_that_comes_for_another_reason_while_it_waits_keeps_its_moment()
    {
        LogSurveyPace pace = new(Period, Begin);
        DateTimeOffset now = Begin + Period;
        pace.Wait(Workload(1), 3, now);

        TimeSpan wait = pace.Wait(Workload(2), 1, now);

        wait.Should().Be(TimeSpan.FromMilliseconds(600));
        pace.Wait(Workload(2), 1, now + TimeSpan.FromMilliseconds(200)).Should().Be(TimeSpan.FromMilliseconds(400));
        pace.Wait(Workload(3), 1, now).Should().Be(TimeSpan.FromMilliseconds(800), "the second look took no second turn");
        pace.Wait(Workload(2), 1, now + wait).Should().Be(TimeSpan.Zero);
    }

    // Each workload asks, and asks again when its wait is over, as the queue hands it out.
    private static IEnumerable<DateTimeOffset> Play(int workloads, int logs, DateTimeOffset until)
    {
        LogSurveyPace pace = new(Period, Begin);
        PriorityQueue<int, DateTimeOffset> queue = new(Enumerable.Range(0, workloads).Select(static n => (n, Begin)));
        while (queue.TryDequeue(out int workload, out DateTimeOffset now) && now < until)
        {
            TimeSpan wait = pace.Wait(Workload(workload), logs, now);
            queue.Enqueue(workload, now + (wait > TimeSpan.Zero ? wait : Period));
            for (int i = 0; wait == TimeSpan.Zero && i < logs; i++)
            {
                yield return now;
            }
        }
    }

    private static TargetRef Workload(int number) => new() { ApiVersion = "apps/v1", Kind = "Deployment", Namespace = "shop", Name = $"web-{number}" };
}
