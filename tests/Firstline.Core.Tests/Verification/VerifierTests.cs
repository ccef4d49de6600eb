using System.Collections.Immutable;
using Firstline.Api.Meta;
using Firstline.Api.V1Alpha1;
using Firstline.Core.Facts;
using Firstline.Core.Tests.Actions;
using Firstline.Core.Verification;
using FluentAssertions;
using Xunit;

namespace Firstline.Core.Tests.Verification;

public sealed class VerifierTests
{
    private static readonly DateTimeOffset Now = Sample.Now;

    private static readonly VerificationInput Good = new()
    {
        Spec = new(),
        Target = Sample.Web,
        Record = new() { ReadyPodsBefore = 3 },
        ChangedAt = Now,
        Situation = Sample.Healthy,
        Incident = Sample.With(SignalState.Resolved),
        IsCacheCurrent = true,
    };

    [Fact]
    public void Look_says_recovered_only_after_the_whole_stable_time()
    {
        VerificationLook first = Verifier.Look(Good, Now);
        first.Record.Should().BeEquivalentTo(new { Result = VerificationResult.Pending, HealthySince = Now });
        first.LookAgainAt.Should().Be(Now.AddSeconds(30));
        VerificationInput later = Good with { Record = first.Record };
        Verifier.Look(later, Now.AddSeconds(29)).Record.Result.Should().Be(VerificationResult.Pending);
        VerificationLook last = Verifier.Look(later, Now.AddSeconds(30));
        last.Record.Should().BeEquivalentTo(new { Result = VerificationResult.Recovered, FinishedAt = Now.AddSeconds(30), ReadyPodsBefore = 3 });
        last.Reason.Should().Be(VerificationReasons.Recovered);
    }

    [Theory]
    [InlineData("healthy", VerificationResult.Recovered)]
    [InlineData("broken", VerificationResult.Unchanged)]
    public void Look_counts_from_the_moment_a_clock_was_put_back_what_it_noted_an_hour_ahead(string situation, VerificationResult expected)
    {
        VerificationInput input = Good with { Situation = situation == "healthy" ? Sample.Healthy : Sample.Broken };
        VerificationInput ahead = input with { ChangedAt = Now.AddHours(1), Record = Verifier.Look(input with { ChangedAt = Now.AddHours(1) }, Now.AddHours(1)).Record };
        VerificationLook first = Verifier.Look(ahead, Now);
        first.Record.Result.Should().Be(VerificationResult.Pending, "it counts from now on");
        VerificationLook last = Verifier.Look(ahead with { Record = first.Record }, first.LookAgainAt!.Value);
        last.Record.Result.Should().Be(expected);
        (first.LookAgainAt - Now).Should().BeLessThan(TimeSpan.FromMinutes(30));
    }

    [Fact]
    public void Look_begins_the_stable_time_anew_after_a_break_or_a_restart()
    {
        VerificationLook first = Verifier.Look(Good, Now);
        VerificationLook broken = Verifier.Look(Good with { Record = first.Record, Situation = Sample.Broken }, Now.AddSeconds(10));
        broken.Record.HealthySince.Should().BeNull();
        broken.Reason.Should().Be(VerificationReasons.Verifying);
        Verifier.Look(Good with { Record = broken.Record }, Now.AddSeconds(31)).Record.Result.Should().Be(VerificationResult.Pending);

        PodFacts restarted = new()
        {
            Ref = new() { Kind = "Pod", Name = "web-1" },
            Containers = [new() { Name = "app", LastTermination = new("Error", 1, "", null, Now.AddSeconds(20)) }],
        };
        Verifier.Look(Good with { Record = first.Record, Situation = Sample.Healthy with { Pods = [restarted] } }, Now.AddSeconds(31))
            .Record.Should().BeEquivalentTo(new { Result = VerificationResult.Pending, HealthySince = Now.AddSeconds(20) });
    }

    [Theory]
    [InlineData("an autoscaler moved the replicas", "h", VerificationResult.Pending)]
    [InlineData("it was scaled, and more was changed", "i", VerificationResult.Inconclusive)]
    [InlineData("somebody edited it", null, VerificationResult.Inconclusive)]
    public void Look_does_not_take_an_autoscaler_for_somebody_who_changed_the_target(string situation, string? scaledHash, VerificationResult expected)
    {
        Situation later = Sample.Healthy with { Workload = Sample.Healthy.Workload! with { Generation = 4, ObservedGeneration = 4, ScaledSpecHash = scaledHash } };
        Verifier.Look(Good with { Generation = 3, SpecHash = "h", Situation = later }, Now).Record.Result.Should().Be(expected, situation);
        Verifier.Look(Good with { Generation = 3, SpecHash = null, Situation = later }, Now).Record.Result.Should().Be(VerificationResult.Inconclusive, "the change itself set replicas");
    }

    public static TheoryData<string, VerificationResult> Ends => new()
    {
        { "target as it was", VerificationResult.Unchanged },
        { "fewer ready than before", VerificationResult.Worse },
        { "target healthy, signal fires", VerificationResult.Inconclusive },
        { "target can't be seen", VerificationResult.Inconclusive },
        { "target gone", VerificationResult.Inconclusive },
        { "caches behind", VerificationResult.Inconclusive },
        { "incident gone", VerificationResult.Inconclusive },
    };

    [Theory]
    [MemberData(nameof(Ends))]
    public void Look_decides_when_the_time_is_over(string situation, VerificationResult expected)
    {
        VerificationInput input = situation switch
        {
            "target as it was" => Good with { Situation = Sample.Broken },
            "fewer ready than before" => Good with { Situation = Sample.Broken with { Workload = Sample.Workload with { ReadyPods = 2 } } },
            "target healthy, signal fires" => Good with { Incident = Sample.Incident },
            "target can't be seen" => Good with { Situation = null },
            "target gone" => Good with { Situation = Sample.Healthy with { Exists = false } },
            "caches behind" => Good with { IsCacheCurrent = false },
            _ => Good with { Incident = null },
        };
        Verifier.Look(input, Now.AddMinutes(5).AddTicks(-1)).Record.Result.Should().Be(VerificationResult.Pending, "the time is not over");
        VerificationLook look = Verifier.Look(input, Now.AddMinutes(5));
        look.Record.Result.Should().Be(expected, situation);
        look.Reason.Should().Be(expected.ToString());
        look.LookAgainAt.Should().BeNull();
    }

    [Theory]
    [InlineData("the cache shows the change", 3L, 4, VerificationResult.Pending, true)]
    [InlineData("the cache is behind the change", 4L, 4, VerificationResult.Pending, false)]
    [InlineData("somebody changed it since", 2L, 4, VerificationResult.Inconclusive, true)]
    [InlineData("no pod is wanted", 3L, 0, VerificationResult.Pending, false)]
    public void Look_is_tied_to_the_change(string situation, long made, int pods, VerificationResult expected, bool healthy)
    {
        Situation seen = Sample.Healthy with { Workload = Sample.Healthy.Workload! with { DesiredPods = pods, ReadyPods = pods, AvailablePods = pods, UpdatedPods = pods } };
        VerificationInput input = Good with { Generation = made, Situation = seen };

        VerificationLook look = Verifier.Look(input, Now);

        look.Record.Result.Should().Be(expected, situation);
        look.Record.Checks[0].Holds.Should().Be(healthy, situation);
        if (!healthy)
        {
            Verifier.Look(input, Now.AddMinutes(5)).Record.Result.Should().Be(VerificationResult.Inconclusive, situation);
        }
    }

    [Fact]
    public void Look_gives_alerts_the_time_they_need_while_the_target_is_healthy()
    {
        Incident alerting = Sample.Incident with { Status = Sample.Incident.Status! with { Signals = [Sample.Signal(SignalState.Firing, IncidentSource.Alertmanager)] } };
        VerificationInput waiting = Good with { Incident = alerting };
        VerificationLook look = Verifier.Look(waiting, Now.AddMinutes(29));
        look.Record.Result.Should().Be(VerificationResult.Pending);
        look.LookAgainAt.Should().Be(Now.AddMinutes(30));

        Verifier.Look(waiting, Now.AddMinutes(30)).Record.Result.Should().Be(VerificationResult.Inconclusive);
        Verifier.Look(waiting with { Situation = Sample.Broken, Record = look.Record }, Now.AddMinutes(29)).Record.Result
            .Should().Be(VerificationResult.Inconclusive, "it was healthy for a while");
        Verifier.Look(waiting with { Situation = Sample.Broken }, Now.AddMinutes(6)).Record.Result.Should().Be(VerificationResult.Unchanged);
        Incident both = alerting with { Status = alerting.Status! with { Signals = alerting.Status.Signals.Add(Sample.Signal(SignalState.Firing)) } };
        Verifier.Look(Good with { Incident = both }, Now.AddMinutes(6)).Record.Result.Should().Be(VerificationResult.Inconclusive, "a detector sees it too");
    }

    [Fact]
    public void Look_does_not_take_a_rollout_of_crashing_pods_for_health()
    {
        PodFacts crashing = new()
        {
            Ref = new() { Kind = "Pod", Name = "web-1" },
            Containers = [new() { Name = "app", State = new ContainerState.Waiting("CrashLoopBackOff", "") }],
        };
        VerificationLook look = Verifier.Look(Good with { Situation = Sample.Healthy with { Pods = [crashing] } }, Now);
        look.Record.Checks.Should().Contain(c => c.Name == "TargetHealthy" && !c.Holds && c.Message.Contains("CrashLoopBackOff"));
        Verifier.Look(Good with { Situation = Sample.Healthy with { Pods = [crashing with { DeletionAt = Now }] } }, Now).Record.HealthySince.Should().Be(Now);
    }

    [Theory]
    [InlineData("a", true)]
    [InlineData("b", false)]
    public void Look_takes_a_ConfigMap_for_healthy_with_its_declared_content(string mode, bool healthy)
    {
        TargetRef config = new() { Kind = "ConfigMap", Name = "settings", Uid = "u" };
        ImmutableSortedDictionary<string, string> declared = ImmutableSortedDictionary<string, string>.Empty.Add("mode", "a");
        Situation situation = new() { Subject = config, ConfigMaps = [new() { Ref = config, Data = declared.SetItem("mode", mode), DeclaredData = declared }] };
        Verifier.Look(Good with { Target = config, Situation = situation }, Now).Record.Checks[0].Holds.Should().Be(healthy);
    }

    [Theory]
    [InlineData(ConditionStatus.True, false)]
    [InlineData(ConditionStatus.False, true)]
    public void Look_takes_a_CronJob_for_healthy_without_a_failed_Job(ConditionStatus failed, bool healthy)
    {
        TargetRef cron = new() { Kind = "CronJob", Name = "report", Uid = "u" };
        JobFacts job = new() { Ref = new() { Kind = "Job", Name = "report-1" }, Conditions = [new("Failed", failed, "", "", null)] };
        Situation situation = new() { Subject = cron, CronJob = new() { Ref = cron }, Jobs = [job] };
        Verifier.Look(Good with { Target = cron, Situation = situation }, Now).Record.Checks[0].Holds.Should().Be(healthy);
    }

    [Fact]
    public void Look_never_verifies_nothing() =>
        Verifier.Look(Good with { Spec = new() { TargetHealthy = false, SignalResolved = false } }, Now).Record.Checks.Should().NotBeEmpty();
}
