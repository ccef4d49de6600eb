using System.Collections.Immutable;
using FluentAssertions;
using Firstline.DevServer.Simulation.Faults;
using Xunit;

namespace Firstline.DevServer.Tests.Simulation.Faults;

public class FaultReaderTests
{
    private static readonly ImmutableArray<string> Containers = ["init", "app", "proxy"];

    [Fact]
    public void Read_reads_a_crash_with_all_its_options()
    {
        Fault fault = One("crash-when", "image=*:bad*; exit=3; after=5s; log=panic: a; b\\nat main");

        fault.Effect.Should().Be(new FaultEffect.Crash(3, "Error", TimeSpan.FromSeconds(5)));
        fault.Conditions.Should().Equal(new FaultCondition.Image("*:bad*", true));
        fault.Log.Should().Be("panic: a; b\nat main", "log is the last clause and keeps its semicolons");
        fault.Container.Should().BeNull();
    }

    [Theory]
    [InlineData("out of memory", "oom-when", "memory-limit<256Mi", typeof(FaultEffect.Crash))]
    [InlineData("image", "unpullable-when", "image=*:typo; error=unauthorized", typeof(FaultEffect.Unpullable))]
    [InlineData("readiness", "unready-when", "always; status=502", typeof(FaultEffect.Unready))]
    [InlineData("liveness", "unlive-when", "always", typeof(FaultEffect.Unlive))]
    [InlineData("hang", "hang-after", "20s", typeof(FaultEffect.Hang))]
    [InlineData("slow", "slow-start", "1m30s; image=*:slow", typeof(FaultEffect.SlowStart))]
    [InlineData("exit", "exit-after", "500ms; exit=2", typeof(FaultEffect.Exit))]
    public void Read_knows_every_effect(string effect, string key, string value, Type type)
    {
        One(key, value).Effect.Should().BeOfType(type, effect);
    }

    [Theory]
    [InlineData("of one container", "crash-when.proxy", "proxy")]
    [InlineData("of one container, labelled", "crash-when_dns.app", "app")]
    [InlineData("of all containers, labelled", "crash-when_2", null)]
    public void Read_tells_whose_fault_it_is(string whose, string key, string? container)
    {
        One(key, "always").Container.Should().Be(container, whose);
    }

    [Theory]
    [InlineData("an unknown effect", "crash-whn", "always", "there is no effect \"crash-whn\"; write one of crash-when, exit-after")]
    [InlineData("an unknown container", "crash-when.web", "always", "the pod has no container \"web\"; it has init, app, proxy")]
    [InlineData("no cause", "crash-when", "exit=1", "it names no cause; write one such as image=*:bad")]
    [InlineData("an empty value", "oom-when", "", "it names no cause")]
    [InlineData("an unknown condition", "crash-when", "images=*:bad", "\"images=*:bad\" is not understood; write image=GLOB")]
    [InlineData("an option of another effect", "crash-when", "always; status=503", "\"status=503\" is not understood")]
    [InlineData("an exit code out of range", "crash-when", "always; exit=256", "\"exit=256\" is not a number from 0 to 255")]
    [InlineData("an exit code in words", "crash-when", "always; exit=one", "\"exit=one\" is not a number from 0 to 255")]
    [InlineData("a bad duration", "hang-after", "soon", "\"soon\" is not a duration; write one such as 500ms, 20s or 1m30s")]
    [InlineData("no duration", "hang-after", "", "\"\" is not a duration")]
    [InlineData("a bad amount", "oom-when", "memory-limit<lots", "\"lots\" is not an amount of memory; write one such as 256Mi")]
    [InlineData("a limit with the wrong operator", "oom-when", "memory-limit=256Mi", "is not understood")]
    [InlineData("a ConfigMap without a key", "crash-when", "configmap:settings=x", "does not name an object and a key; write configmap:NAME/KEY=VALUE")]
    [InlineData("a bad pattern", "crash-when", "env:MODE~(", "\"(\" is not a regular expression")]
    [InlineData("a pattern that could run for ever", "crash-when", "env:MODE~(?=x)", "is not a regular expression without look-around")]
    [InlineData("an unknown registry error", "unpullable-when", "always; error=broken", "\"error=broken\" is not one of no-such-host, not-found, unauthorized")]
    public void Read_says_what_to_correct(string mistake, string key, string value, string sentence)
    {
        FaultSet set = Read(key, value);

        set.Faults.Should().BeEmpty(mistake);
        set.Problems.Should().ContainSingle().Which.Should().StartWith($"annotation sim.firstline.dev/{key}: ").And.Contain(sentence);
    }

    [Fact]
    public void Read_passes_over_annotations_of_others()
    {
        FaultSet set = FaultReader.Read(ImmutableDictionary<string, string>.Empty.Add("example.com/crash-when", "whatever"), Containers);

        set.Faults.Should().BeEmpty();
        set.Problems.Should().BeEmpty();
    }

    [Theory]
    [InlineData("a fault without a name is not for init containers", "crash-when", "init", true, 0)]
    [InlineData("a fault without a name is for every other", "crash-when", "proxy", false, 1)]
    [InlineData("a named fault is for init containers too", "crash-when.init", "init", true, 1)]
    [InlineData("a named fault is for no other", "crash-when.app", "proxy", false, 0)]
    public void For_chooses_the_faults_of_a_container(string rule, string key, string container, bool isInit, int count)
    {
        Read(key, "always").For(container, isInit).Should().HaveCount(count, rule);
    }

    private static Fault One(string key, string value)
    {
        FaultSet set = Read(key, value);
        set.Problems.Should().BeEmpty();
        return set.Faults.Should().ContainSingle().Subject;
    }

    private static FaultSet Read(string key, string value) =>
        FaultReader.Read(ImmutableDictionary<string, string>.Empty.Add(FaultReader.Prefix + key, value), Containers);
}
