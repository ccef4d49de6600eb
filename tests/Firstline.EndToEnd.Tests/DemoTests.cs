using Firstline.Cli.Commands;
using Firstline.Cli.Terminal;
using FluentAssertions;
using Xunit;

namespace Firstline.EndToEnd.Tests;

public sealed class DemoTests
{
    [Fact]
    public async Task Demo_once_tells_the_whole_story_in_plain_text_and_ends_well()
    {
        using StringWriter output = new();
        using StringWriter error = new();

        int exitCode = await FirstlineCommand.RunAsync(["demo", "--once"], Screen.Of(output, error, isRedirected: true), CancellationToken.None);

        error.ToString().Should().BeEmpty();
        exitCode.Should().Be(0);
        string text = output.ToString();
        text.Should().ContainAll("BadRollout", "proposes undo-bad-rollout, L1", "proposes raise-memory-limit, L2", "Would change", "Rollback", "approval of alice", "escalated to humans", "clocks:");
        text.Should().NotContain("\u001b", "nobody sees colours in a pipe");
        text.Split('\n').Where(static line => !line.Contains("kubectl", StringComparison.Ordinal)).Should().OnlyContain(static line => line.Length <= Screen.PlainWidth);
    }
}
