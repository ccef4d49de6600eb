using Firstline.Core.Facts;
using FluentAssertions;
using Xunit;

namespace Firstline.Core.Tests.Facts;

public sealed class RemediationMarkTests
{
    [Fact]
    public void Parse_reads_what_ToString_wrote()
    {
        RemediationMark mark = new("uid/undo/undone", new(2026, 11, 20, 12, 0, 3, TimeSpan.Zero), "incident", "ns/undo");
        mark.ToString().Should().Be("uid/undo/undone at=2026-11-20T12:00:03Z incident=incident runbook=ns/undo");
        RemediationMark.Parse(mark.ToString()).Should().Be(mark);
    }

    [Theory]
    [InlineData("nothing", null, null)]
    [InlineData("blank", " ", null)]
    [InlineData("the step alone", "uid/undo", "uid/undo")]
    [InlineData("a time that is none", "uid/undo at=yesterday", "uid/undo")]
    [InlineData("words of somebody else", "uid/undo x=y incident", "uid/undo")]
    public void Parse_takes_what_is_not_understood_for_not_told(string situation, string? value, string? step)
    {
        RemediationMark? mark = RemediationMark.Parse(value);
        mark.Should().Be(step is null ? null : new RemediationMark(step, null, "", ""), situation);
    }
}
