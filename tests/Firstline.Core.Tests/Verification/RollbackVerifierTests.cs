using System.Collections.Immutable;
using Firstline.Api.V1Alpha1;
using Firstline.Core.Facts;
using Firstline.Core.Tests.Actions;
using Firstline.Core.Verification;
using FluentAssertions;
using Xunit;

namespace Firstline.Core.Tests.Verification;

public sealed class RollbackVerifierTests
{
    private static readonly DateTimeOffset Now = Sample.Now;

    // Changed to generation 3, undone to generation 4, and the three pods that were ready before are ready.
    private static readonly RollbackInput Back = new()
    {
        Spec = new(),
        Target = Sample.Web,
        Record = null,
        UndoneAt = Now,
        ReadyPodsBefore = 3,
        Generation = 4,
        ContentHash = "former",
        FormerContentHash = "former",
        Situation = At(4),
        IsCacheCurrent = true,
    };

    [Fact]
    public void Look_takes_a_rollback_for_done_when_the_former_state_has_held_for_the_stable_time()
    {
        VerificationLook first = RollbackVerifier.Look(Back, Now);
        first.Record.Should().BeEquivalentTo(new { Result = VerificationResult.Pending, HealthySince = Now, ReadyPodsBefore = 3 });
        first.LookAgainAt.Should().Be(Now.AddSeconds(30));
        RollbackInput later = Back with { Record = first.Record };
        RollbackVerifier.Look(later, Now.AddSeconds(29)).Record.Result.Should().Be(VerificationResult.Pending);
        VerificationLook last = RollbackVerifier.Look(later, Now.AddSeconds(30));
        last.Record.Should().BeEquivalentTo(new { Result = VerificationResult.Recovered, FinishedAt = Now.AddSeconds(30) });
        last.Message.Should().Contain("3 pods ready, 3 before the change");
    }

    [Fact]
    public void Look_lets_the_pods_of_a_target_in_trouble_come_and_go()
    {
        VerificationLook first = RollbackVerifier.Look(Back, Now);
        VerificationLook fewer = RollbackVerifier.Look(Back with { Record = first.Record, Situation = At(4, ready: 1) }, Now.AddSeconds(30));
        fewer.Record.Result.Should().Be(VerificationResult.Pending);
        RollbackVerifier.Look(Back with { Record = fewer.Record }, Now.AddSeconds(35)).Record.Result.Should().Be(VerificationResult.Recovered);
    }

    public static TheoryData<string, VerificationResult> Ends => new()
    {
        { "the change is still there", VerificationResult.Unchanged },
        { "the target is gone", VerificationResult.Unchanged },
        { "fewer pods are ready", VerificationResult.Worse },
        { "it was not seen how many were ready before", VerificationResult.Inconclusive },
        { "the target can't be seen", VerificationResult.Inconclusive },
        { "the caches may be behind", VerificationResult.Inconclusive },
        { "the cache does not show the rollback", VerificationResult.Inconclusive },
        { "its controller has not acted", VerificationResult.Inconclusive },
        { "a ConfigMap does not show the rollback", VerificationResult.Inconclusive },
    };

    [Theory]
    [MemberData(nameof(Ends))]
    public void Look_says_what_is_wrong_when_the_time_is_over(string situation, VerificationResult expected)
    {
        RollbackInput input = situation switch
        {
            "the change is still there" => Back with { ContentHash = "changed" },
            "the target is gone" => Back with { Situation = At(4) with { Exists = false } },
            "fewer pods are ready" => Back with { Situation = At(4, ready: 2) },
            "it was not seen how many were ready before" => Back with { ReadyPodsBefore = null },
            "the target can't be seen" => Back with { Situation = null },
            "the caches may be behind" => Back with { IsCacheCurrent = false },
            "the cache does not show the rollback" => Back with { Situation = At(3) },
            "its controller has not acted" => Back with { Situation = At(4) with { Workload = At(4).Workload! with { ObservedGeneration = 3 } } },
            _ => Back with { Target = Config.Subject, Generation = null, Situation = Config },
        };
        RollbackVerifier.Look(input, Now.AddMinutes(5).AddTicks(-1)).Record.Result.Should().Be(VerificationResult.Pending, "the time is not over");
        VerificationLook look = RollbackVerifier.Look(input, Now.AddMinutes(5));
        look.Record.Result.Should().Be(expected, situation);
        look.LookAgainAt.Should().BeNull();
    }

    [Theory]
    [InlineData("somebody edited it", null, VerificationResult.Inconclusive)]
    [InlineData("somebody edited and scaled it", "other", VerificationResult.Inconclusive)]
    [InlineData("an autoscaler moved the replicas", "former", VerificationResult.Pending)]
    public void Look_does_not_answer_for_what_others_change(string situation, string? scaledHash, VerificationResult expected)
    {
        Situation later = At(5) with { Workload = At(5).Workload! with { ScaledSpecHash = scaledHash } };
        RollbackVerifier.Look(Back with { Situation = later }, Now).Record.Result.Should().Be(expected, situation);
    }

    private static Situation At(long generation, int ready = 3) =>
        Sample.Broken with { Workload = Sample.Workload with { Generation = generation, ObservedGeneration = generation, ReadyPods = ready } };

    private static readonly TargetRef Limits = new() { Kind = "ConfigMap", Name = "limits", Uid = "u" };

    private static readonly Situation Config = new() { Subject = Limits, ConfigMaps = [new() { Ref = Limits, Data = ImmutableSortedDictionary<string, string>.Empty.Add("mode", "a") }] };
}
