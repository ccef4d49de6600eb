using System.Collections.Immutable;
using FluentAssertions;
using Firstline.DevServer.Simulation.Controllers;
using Xunit;
using Member = Firstline.DevServer.Simulation.Controllers.StatefulSetPlan.Member;
using Step = Firstline.DevServer.Simulation.Controllers.StatefulSetPlan.Step;

namespace Firstline.DevServer.Tests.Simulation.Controllers;

public class StatefulSetPlanTests
{
    private static readonly StatefulSetPlan.Wanted Ordered = new(0, 3, true, 0, "r1", "r1");

    [Fact]
    public void Next_creates_one_pod_at_a_time()
    {
        Next(Ordered).Should().Equal(new Step.Create(0, "r1"));
    }

    [Fact]
    public void Next_waits_until_the_pod_before_serves()
    {
        Next(Ordered, Well(0), Unwell(1)).Should().BeEmpty();
    }

    [Fact]
    public void Next_goes_on_when_the_pod_before_serves()
    {
        Next(Ordered, Well(0)).Should().Equal(new Step.Create(1, "r1"));
    }

    [Fact]
    public void Next_creates_all_at_once_in_parallel()
    {
        Next(Ordered with { IsOrdered = false }, Unwell(1)).Should().Equal(new Step.Create(0, "r1"), new Step.Create(2, "r1"));
    }

    [Fact]
    public void Next_replaces_a_pod_that_is_over()
    {
        Next(Ordered, Well(0), Unwell(1) with { IsFinished = true }).Should().Equal(new Step.Delete(1));
    }

    [Fact]
    public void Next_removes_the_highest_first()
    {
        Next(Ordered with { Replicas = 1 }, Well(0), Well(1), Well(2)).Should().Equal(new Step.Delete(2));
    }

    [Fact]
    public void Next_waits_for_a_pod_that_goes()
    {
        Next(Ordered with { Replicas = 1 }, Well(0), Well(1), Well(2) with { IsDeleting = true }).Should().BeEmpty();
    }

    [Fact]
    public void Next_updates_the_highest_first()
    {
        Next(Ordered with { UpdateRevision = "r2" }, Well(0), Well(1), Well(2)).Should().Equal(new Step.Delete(2));
    }

    [Fact]
    public void Next_updates_the_next_when_the_updated_one_serves()
    {
        Next(Ordered with { UpdateRevision = "r2" }, Well(0), Well(1), Well(2) with { Revision = "r2" }).Should().Equal(new Step.Delete(1));
    }

    [Fact]
    public void Next_stops_an_update_at_a_pod_that_is_not_well()
    {
        Next(Ordered with { UpdateRevision = "r2" }, Well(0), Well(1), Unwell(2) with { Revision = "r2" }).Should().BeEmpty();
    }

    [Fact]
    public void Next_leaves_pods_below_the_partition()
    {
        StatefulSetPlan.Wanted wanted = Ordered with { UpdateRevision = "r2", Partition = 2 };
        Next(wanted, Well(0), Well(1), Well(2) with { Revision = "r2" }).Should().BeEmpty();
        Next(wanted, Well(0)).Should().Equal(new Step.Create(1, "r1"));
    }

    [Fact]
    public void Next_updates_nothing_on_delete()
    {
        Next(Ordered with { UpdateRevision = "r2", Partition = null }, Well(0), Well(1), Well(2)).Should().BeEmpty();
    }

    private static ImmutableArray<Step> Next(StatefulSetPlan.Wanted wanted, params ImmutableArray<Member> members) => StatefulSetPlan.Next(wanted, members);

    private static Member Well(int ordinal) => new(ordinal, "r1", IsHealthy: true, IsDeleting: false, IsFinished: false);

    private static Member Unwell(int ordinal) => Well(ordinal) with { IsHealthy = false };
}
