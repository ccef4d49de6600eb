using FluentAssertions;
using Firstline.DevServer.Simulation.Controllers;
using Xunit;
using Tally = Firstline.DevServer.Simulation.Controllers.JobVerdict.Tally;

namespace Firstline.DevServer.Tests.Simulation.Controllers;

public class JobVerdictTests
{
    private static readonly JobVerdict.Wanted Three = new(3, 2, 1, null, IsSuspended: false);

    [Theory]
    [InlineData("at the start as many as run in parallel", 0, 0, 2)]
    [InlineData("while some run", 2, 1, 2)]
    [InlineData("no more than are missing", 1, 2, 1)]
    public void Of_keeps_pods_running(string situation, int active, int succeeded, int pods)
    {
        Of(Three, new Tally(active, succeeded, 0, 0, default)).Should().Be(new JobVerdict.Run(pods, TimeSpan.Zero), situation);
    }

    [Fact]
    public void Of_completes_when_enough_succeeded()
    {
        Of(Three, new Tally(0, 3, 1, 0, default)).Should().BeOfType<JobVerdict.Complete>();
    }

    [Theory]
    [InlineData("pods", 2, 0)]
    [InlineData("restarts in place", 0, 1)]
    public void Of_fails_at_the_back_off_limit(string counted, int failed, int restarts)
    {
        Of(Three, new Tally(1, 0, failed, restarts, default)).Should()
            .Be(new JobVerdict.Fail("BackoffLimitExceeded", "Job has reached the specified backoff limit"), counted);
    }

    [Fact]
    public void Of_waits_longer_after_each_failure()
    {
        JobVerdict.Wanted patient = Three with { BackoffLimit = 6 };
        Of(patient, new Tally(0, 0, 1, 0, TimeSpan.FromSeconds(4))).Should().Be(new JobVerdict.Run(2, TimeSpan.FromSeconds(6)));
        Of(patient, new Tally(0, 0, 3, 0, TimeSpan.Zero)).Should().Be(new JobVerdict.Run(2, TimeSpan.FromSeconds(40)));
    }

    [Fact]
    public void Of_fails_at_the_deadline()
    {
        JobVerdict.Of(Three with { Deadline = TimeSpan.FromSeconds(5) }, default, TimeSpan.FromSeconds(5), 1).Should()
            .Be(new JobVerdict.Fail("DeadlineExceeded", "Job was active longer than specified deadline"));
    }

    [Fact]
    public void Of_suspends()
    {
        Of(Three with { IsSuspended = true }, new Tally(2, 0, 0, 0, default)).Should().BeOfType<JobVerdict.Suspend>();
    }

    [Fact]
    public void Of_a_work_queue_completes_when_one_succeeded_and_none_runs()
    {
        JobVerdict.Wanted queue = Three with { Completions = null };
        Of(queue, new Tally(1, 1, 0, 0, default)).Should().Be(new JobVerdict.Run(1, TimeSpan.Zero));
        Of(queue, new Tally(0, 1, 0, 0, default)).Should().BeOfType<JobVerdict.Complete>();
    }

    private static JobVerdict Of(JobVerdict.Wanted wanted, Tally tally) => JobVerdict.Of(wanted, tally, TimeSpan.Zero, 1);
}
