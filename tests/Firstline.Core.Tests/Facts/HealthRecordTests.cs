using Firstline.Core.Facts;
using FluentAssertions;
using Xunit;

namespace Firstline.Core.Tests.Facts;

public sealed class HealthRecordTests
{
    private static readonly DateTimeOffset Start = new(2026, 11, 20, 12, 0, 0, TimeSpan.Zero);

    [Theory]
    // each look: minute, template, h(ealthy) or u(nhealthy) or 0 (no pods wanted)                  templates that count
    [InlineData("healthy for long, then rolled out", "0 a h,6 b u", "a")]
    [InlineData("healthy for a moment, then rolled out", "0 a h,4 b u", "")]
    [InlineData("healthy for long until now: the present template is not past", "0 a h,60 a h", "")]
    [InlineData("it broke and was healthy again before the next rollout", "0 a h,6 a u,7 a h,8 b u", "a")]
    [InlineData("two that were healthy, the newest last", "0 a h,6 b h,12 c u", "a,b")]
    [InlineData("back to an old one, which counts once", "0 a h,6 b h,12 a h,18 c u", "b,a")]
    [InlineData("never healthy", "0 a u,60 b u", "")]
    [InlineData("nothing ran", "0 a 0,60 b u", "")]
    [InlineData("the three newest are kept", "0 a h,6 b h,12 c h,18 d h,24 e u", "b,c,d")]
    public void Past_templates_are_those_that_were_healthy_for_long_enough(string situation, string looks, string expected)
    {
        HealthRecord record = HealthRecord.Empty;
        WorkloadFacts? before = null;
        foreach (string[] look in looks.Split(',').Select(static l => l.Split(' ')))
        {
            int ready = look[2] == "h" ? 1 : 0;
            WorkloadFacts now = new()
            {
                Ref = new(), TemplateJson = look[1], DesiredPods = look[2] == "0" ? 0 : 1, ReadyPods = ready, UpdatedPods = ready, AvailablePods = ready,
            };
            record = record.After(before, now, Start.AddMinutes(int.Parse(look[0], System.Globalization.CultureInfo.InvariantCulture)));
            before = now;
        }

        string.Join(',', record.Past.Select(static p => p.TemplateJson)).Should().Be(expected, situation);
    }
}
