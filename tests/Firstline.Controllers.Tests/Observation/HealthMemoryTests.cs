using Firstline.Api.Meta;
using Firstline.Controllers.Observation;
using Firstline.Core.Facts;
using Firstline.Testing;
using FluentAssertions;
using Xunit;

namespace Firstline.Controllers.Tests.Observation;

public sealed class HealthMemoryTests
{
    private readonly ManualTimeProvider _clock = new();
    private readonly HealthMemory _memory;

    public HealthMemoryTests() => _memory = new(_clock);

    [Fact]
    public void A_template_that_was_healthy_is_remembered_when_the_next_one_is_rolled_out()
    {
        WorkloadFacts first = Healthy("u1", "a");
        WorkloadFacts second = first with { TemplateJson = "b", UpdatedPods = 0 };
        _memory.Saw(new(Key, null, first));
        _clock.Advance(HealthRecord.LeastTime);
        _memory.Saw(new(Key, first, second));
        _memory.Of("u1").Should().ContainSingle().Which.TemplateJson.Should().Be("a");
        _memory.Of("u2").Should().BeEmpty();
    }

    [Theory]
    [InlineData("deleted", null)]
    [InlineData("made again under the same name", "u2")]
    public void What_is_gone_is_forgotten(string situation, string? uid)
    {
        WorkloadFacts first = Healthy("u1", "a");
        WorkloadFacts second = first with { TemplateJson = "b" };
        _memory.Saw(new(Key, null, first));
        _clock.Advance(HealthRecord.LeastTime);
        _memory.Saw(new(Key, first, second));
        _clock.Advance(HealthRecord.LeastTime);
        _memory.Saw(new(Key, second, uid is null ? null : Healthy(uid, "c")));
        _memory.Of("u1").Should().BeEmpty(situation);
        _memory.Of(uid).Should().BeEmpty("the health of another object proves nothing");
    }

    private static NamespacedName Key => new("shop", "web");

    private static WorkloadFacts Healthy(string uid, string template) => new()
    {
        Ref = new() { Kind = "Deployment", Namespace = "shop", Name = "web", Uid = uid },
        TemplateJson = template,
        DesiredPods = 1,
        ReadyPods = 1,
        UpdatedPods = 1,
        AvailablePods = 1,
    };
}
