using Firstline.Api.V1Alpha1;
using Firstline.Cli;
using Firstline.Cli.Commands;
using Firstline.Cli.Demo;
using Firstline.Cli.Development;
using Firstline.Cli.Terminal;
using Firstline.Kube.Client;
using FluentAssertions;
using Microsoft.Extensions.Logging;
using Xunit;

namespace Firstline.EndToEnd.Tests;

/// <summary>Beside the good demo, not after it: it waits, half a minute and idle, for what does not come.</summary>
public sealed class BrokenDemoTests
{
    [Fact]
    public async Task Demo_fails_when_nothing_fixes_the_bad_rollout()
    {
        string path = Directory.CreateTempSubdirectory("firstline-test-").FullName;
        try
        {
            using DevFolder folder = DevFolder.Open(path);
            using ILoggerFactory logs = folder.CreateLog(TimeProvider.System);
            await using DevEnvironment environment = await DevEnvironment.StartAsync(new DevOptions(), folder, logs, TimeProvider.System, CancellationToken.None);
            await environment.Client.DeleteAsync(Runbook.Type, new(DevEnvironment.OperatorNamespace, "undo-bad-rollout"), CancellationToken.None);
            Screen screen = Screen.Of(TextWriter.Null, TextWriter.Null, isRedirected: true);

            Func<Task> play = () => DemoCommand.PlayAsync(screen, new Account(screen.Out, TimeProvider.System), folder, environment, DemoEnding.End, CancellationToken.None);

            CommandException told = (await play.Should().ThrowAsync<CommandException>()).Which;
            told.ExitCode.Should().Be(ExitCodes.Failed);
            told.Message.Should().Match($"* did not happen within 30 s; the operator's log is {folder.Log}");
        }
        finally
        {
            Directory.Delete(path, recursive: true);
        }
    }
}
