using System.Collections.Immutable;
using System.CommandLine;
using Firstline.Cli.Evaluation;
using Firstline.Cli.Terminal;

namespace Firstline.Cli.Commands;

/// <summary><c>firstline evaluate</c>: what the operator makes of incidents that are known, and how right it is.</summary>
internal static class EvaluateCommand
{
    public static Command Create(Screen screen)
    {
        Argument<string> directory = new("directory") { Description = "Folder of cases, each with case.json, objects.json and logs/." };
        Option<string?> output = new("--out") { Description = "File for one JSON line a case: incidents, hypotheses and their evidence.", HelpName = "file" };
        Option<string?> log = new("--log") { Description = "File for the operator's log.", HelpName = "file" };
        Command command = new("evaluate", "Run the operator on recorded incidents, each in a fresh API server, and score what it found; with observeSecretNames on. Needs no cluster.") { directory, output, log };
        command.SetAction((given, ct) => RunAsync(screen, given.GetRequiredValue(directory), given.GetValue(output), given.GetValue(log), ct));
        return command;
    }

    private static async Task<int> RunAsync(Screen screen, string directory, string? output, string? log, CancellationToken ct)
    {
        ImmutableArray<CaseFolder> cases = CaseFolder.Find(directory);
        using ILoggerFactory logs = LoggerFactory.Create(logging =>
        {
            if (log is not null)
            {
                logging.AddProvider(new FileLogProvider(log, TimeProvider.System));
            }
        });
        ImmutableArray<CaseResult> results = await EvaluationRun.RunAsync(cases, logs, ct);
        if (output is not null)
        {
            await EvaluationRun.WriteAsync(output, results, ct);
        }

        foreach (string line in ScoreTable.Lines(EvaluationRun.Score(cases, results)))
        {
            screen.Line(line);
        }

        return ExitCodes.Success;
    }
}
