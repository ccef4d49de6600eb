using System.Collections.Immutable;
using FluentAssertions;
using Firstline.DevServer.Simulation.Faults;
using Xunit;

namespace Firstline.DevServer.Tests.Simulation.Faults;

public class FaultConditionTests
{
    private static readonly ContainerFacts Facts = new(
        "registry.example/shop:bad-2",
        128 * 1024 * 1024,
        ImmutableDictionary<string, string>.Empty.Add("MODE", "fast").Add("EMPTY", ""),
        ImmutableDictionary<ContentKey, string>.Empty
            .Add(new ContentKey(ContentKind.ConfigMap, "settings", "url"), "http://old:80")
            .Add(new ContentKey(ContentKind.Secret, "db", "password"), "wrong"));

    [Theory]
    [InlineData("always", true)]
    [InlineData("image=*:bad*", true)]
    [InlineData("image=*:bad", false)]
    [InlineData("image!=*:good*", true)]
    [InlineData("image=registry.example/shop:bad-2", true)]
    [InlineData("image=registryXexample/*", false)]
    [InlineData("memory-limit<256Mi", true)]
    [InlineData("memory-limit < 128Mi", false)]
    [InlineData("env:MODE=fast", true)]
    [InlineData("env:MODE = slow", false)]
    [InlineData("env:MODE!=slow", true)]
    [InlineData("env:OTHER!=slow", true)]
    [InlineData("env:OTHER=slow", false)]
    [InlineData("env:OTHER is missing", true)]
    [InlineData("env:EMPTY is missing", false)]
    [InlineData("env:MODE~^f.st$", true)]
    [InlineData("env:OTHER~.*", false)]
    [InlineData("env:OTHER!~.*", true)]
    [InlineData("configmap:settings/url=http://old:80", true)]
    [InlineData("configmap:settings/url!=http://new:80", true)]
    [InlineData("configmap:settings/port is missing", true)]
    [InlineData("secret:db/password!=right", true)]
    [InlineData("secret:db/password=right", false)]
    public void Holds_judges_the_container(string condition, bool holds)
    {
        ConditionReader.Read(condition).Holds(Facts).Should().Be(holds);
    }

    [Fact]
    public void Memory_limit_below_does_not_hold_without_a_limit()
    {
        new FaultCondition.MemoryLimitBelow(1024).Holds(Facts with { MemoryLimit = null }).Should().BeFalse();
    }

    [Theory]
    [InlineData("all conditions hold", "image=*:bad*; env:MODE=fast", true)]
    [InlineData("one condition does not hold", "image=*:bad*; env:MODE=slow", false)]
    public void A_fault_strikes_only_when_all_its_conditions_hold(string situation, string value, bool strikes)
    {
        FaultSet set = FaultReader.Read(ImmutableDictionary<string, string>.Empty.Add(FaultReader.Prefix + "crash-when", value), ["app"]);
        set.Faults.Single().Strikes(Facts).Should().Be(strikes, situation);
    }
}
