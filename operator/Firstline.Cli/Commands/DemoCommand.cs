using System.CommandLine;
using Firstline.Cli.Demo;
using Firstline.Cli.Development;
using Firstline.Cli.Terminal;

namespace Firstline.Cli.Commands;

/// <summary><c>firstline demo</c>: breaks things and tells live how they are fixed.</summary>
internal static class DemoCommand
{
    private static readonly TimeSpan Deadline = TimeSpan.FromMinutes(4);

    public static Command Create(Screen screen)
    {
        Option<bool> once = new("--once") { Description = "End after the story: exit code 0 when it went as promised, else 1." };
        Command command = new("demo", "Break things on a simulated cluster and watch the operator fix them, in about a minute. Needs no cluster.") { once };
        command.SetAction((given, ct) => PlayAsync(screen, given.GetValue(once) ? DemoEnding.End : DemoEnding.GoOn, ct));
        return command;
    }

    private static async Task<int> PlayAsync(Screen screen, DemoEnding ending, CancellationToken ct)
    {
        TimeProvider clock = TimeProvider.System;
        Account account = new(screen.Out, clock);
        screen.Line("An API server, a simulated cluster and the operator, all in this process on this machine.");
        using DevFolder folder = DevFolder.Open(null);
        using ILoggerFactory logs = folder.CreateLog(clock);
        await using DevEnvironment environment = await DevEnvironment.StartAsync(new DevOptions(), folder, logs, clock, ct);
        return await PlayAsync(screen, account, folder, environment, ending, ct);
    }

    /// <summary>Plays the story in an environment that runs.</summary>
    /// <exception cref="CommandException">It did not go as promised; the exit code is 1, and the folder with the log is kept.</exception>
    internal static async Task<int> PlayAsync(Screen screen, Account account, DevFolder folder, DevEnvironment environment, DemoEnding ending, CancellationToken ct)
    {
        DemoOutcome outcome = await TellAsync(environment, account, TimeProvider.System, ct);
        if (outcome.Failure is { } failure)
        {
            folder.Keep();
            throw new CommandException($"{failure}; the operator's log is {folder.Log}") { ExitCode = ExitCodes.Failed };
        }

        DemoEpilogue.Print(screen, environment, account, ending);
        if (ending == DemoEnding.GoOn)
        {
            await environment.RunAsync(ct);
        }

        return ExitCodes.Success;
    }

    private static async Task<DemoOutcome> TellAsync(DevEnvironment environment, Account account, TimeProvider clock, CancellationToken ct)
    {
        using CancellationTokenSource deadline = new(Deadline, clock);
        using CancellationTokenSource linked = CancellationTokenSource.CreateLinkedTokenSource(ct, deadline.Token);
        try
        {
            await using DemoWatch watch = await DemoWatch.StartAsync(environment.Client, account, clock, linked.Token);
            return await new DemoStory(environment, watch, account, clock).PlayAsync(linked.Token);
        }
        catch (Exception e) when (e is TimeoutException or HttpRequestException)
        {
            return new DemoOutcome { Interruption = e.Message };
        }
        catch (OperationCanceledException) when (!ct.IsCancellationRequested)
        {
            return new DemoOutcome { Interruption = $"the demo did not end within {Deadline.TotalMinutes:0} minutes" };
        }
    }
}
