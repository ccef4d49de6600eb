using System.CommandLine;
using Firstline.Cli.Terminal;
using Firstline.Host;
using Firstline.Kube;
using Firstline.Kube.Client;
using Firstline.Kube.Config;

namespace Firstline.Cli.Commands;

/// <summary>The command <c>firstline</c>: finds what to do, and turns what went wrong into one sentence and an exit code.</summary>
internal static class FirstlineCommand
{
    public static async Task<int> RunAsync(string[] arguments, Screen screen, CancellationToken ct)
    {
        ParseResult given = Create(screen).Parse(arguments);
        if (given.Errors.Count > 0)
        {
            return await FailAsync(screen, ExitCodes.CannotRun, UsageProblem(given));
        }

        InvocationConfiguration how = new()
        {
            Output = screen.Out.Profile.Out.Writer, Error = screen.Error, EnableDefaultExceptionHandler = false, ProcessTerminationTimeout = TimeSpan.FromSeconds(30),
        };
        try
        {
            return await given.InvokeAsync(how, ct);
        }
        catch (CommandException e)
        {
            return await FailAsync(screen, e.ExitCode, e.Message);
        }
        catch (Exception e) when (e is KubeConfigException or OperatorStartException)
        {
            return await FailAsync(screen, ExitCodes.CannotRun, e.Message);
        }
        catch (KubeException e)
        {
            return await FailAsync(screen, ExitCodes.CannotRun, ClusterProblem.Sentence(e));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return await FailAsync(screen, ExitCodes.CannotRun, $"a file cannot be used: {e.Message.TrimEnd('.')}: check that its folder exists, may be written to and is not full");
        }
        catch (TransientException e)
        {
            // Starting anew is the cure: the lease was lost, or the caches did not fill.
            return await FailAsync(screen, ExitCodes.Failed, e.Message);
        }
        catch (OperationCanceledException)
        {
            return await FailAsync(screen, ExitCodes.Interrupted, "stopped");
        }
    }

    private static RootCommand Create(Screen screen) => new("Firstline: incident response for Kubernetes. Known incidents fix themselves within limits; the rest reaches people prepared.")
    {
        DemoCommand.Create(screen),
        DevCommand.Create(screen),
        RunCommand.Create(screen),
        ShowCommand.Create(screen),
        ApproveCommand.Create(screen),
        ReportCommand.Create(screen),
        RunbookCommand.Create(screen),
        ConfigCommand.Create(screen),
        EvaluateCommand.Create(screen),
    };

    // An error may name choices on several lines.
    private static string UsageProblem(ParseResult given)
    {
        string what = given.UnmatchedTokens is [string first, ..]
            ? $"there is no command or option {first}"
            : string.Join(' ', given.Errors[0].Message.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)).TrimEnd('.');
        string command = given.CommandResult.Command is RootCommand ? "" : given.CommandResult.Command.Name + " ";
        return $"{what}: see firstline {command}--help";
    }

    private static async Task<int> FailAsync(Screen screen, int exitCode, string sentence)
    {
        await screen.Error.WriteLineAsync($"firstline: {sentence}");
        return exitCode;
    }
}
