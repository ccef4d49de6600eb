using FluentAssertions;
using Firstline.DevServer.Simulation.Controllers;
using Xunit;
using Counts = Firstline.DevServer.Simulation.Controllers.DeploymentProgress.Counts;

namespace Firstline.DevServer.Tests.Simulation.Controllers;

public class DeploymentProgressTests
{
    private static readonly DeploymentProgress Created = new("True", "NewReplicaSetCreated", "Created new replica set \"web-1\"");
    private static readonly DeploymentProgress Done = new("True", DeploymentProgress.Available, "ReplicaSet \"web-1\" has successfully progressed.");
    private static readonly DeploymentProgress Late = new("False", DeploymentProgress.DeadlineExceeded, "");

    [Fact]
    public void Next_is_available_when_all_pods_are_new_and_serve()
    {
        Next(new Counts(3, 3, 2, 2), new Counts(3, 3, 3, 3), Created, 1)!.Should().Be(Done);
    }

    [Fact]
    public void Next_is_progressing_when_more_pods_serve()
    {
        Next(new Counts(4, 1, 3, 3), new Counts(4, 1, 4, 4), Created, 1)!.Reason.Should().Be("ReplicaSetUpdated");
    }

    [Fact]
    public void Next_times_out_when_nothing_moved_until_the_deadline()
    {
        Counts stuck = new(4, 1, 3, 3);
        Next(stuck, stuck, Created, 600)!.Should().Be(new DeploymentProgress("False", "ProgressDeadlineExceeded", "ReplicaSet \"web-1\" has timed out progressing."));
    }

    [Theory]
    [InlineData("before the deadline", 599)]
    [InlineData("at once", 0)]
    public void Next_says_nothing_while_there_is_time(string situation, int seconds)
    {
        Counts stuck = new(4, 1, 3, 3);
        Next(stuck, stuck, Created, seconds).Should().BeNull(situation);
    }

    [Fact]
    public void Next_does_not_time_out_when_pods_of_a_complete_rollout_fail()
    {
        Next(new Counts(3, 3, 3, 3), new Counts(3, 3, 1, 1), Done, 10_000).Should().BeNull();
    }

    [Fact]
    public void Next_forgives_a_rollout_that_completes_after_its_deadline()
    {
        Next(new Counts(4, 1, 3, 3), new Counts(3, 3, 3, 3), Late, 700)!.Should().Be(Done);
    }

    private static DeploymentProgress? Next(Counts before, Counts now, DeploymentProgress last, int seconds) =>
        DeploymentProgress.Next("web-1", 3, before, now, last, TimeSpan.FromSeconds(seconds), TimeSpan.FromSeconds(600));
}
