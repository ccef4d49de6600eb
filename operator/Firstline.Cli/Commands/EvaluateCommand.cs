using System.Collections.Immutable;
using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using Firstline.Cli.Evaluation;
using Firstline.Cli.Terminal;

namespace Firstline.Cli.Commands;

/// <summary><c>firstline evaluate</c>: what the operator makes of incidents that are known, and how right it is.</summary>
internal static class EvaluateCommand
{
    private const string About =
        "Run the operator on recorded incidents, each in a fresh API server, and score what it found; with observeSecretNames on. Needs no cluster.";

    public static Command Create(Screen screen)
    {
        Argument<string> directory = new("directory") { Description = "Folder of cases, each with case.json, objects.json and logs/." };
        Option<string?> output = new("--out") { Description = "File for one JSON line a case: incidents, hypotheses and their evidence.", HelpName = "file" };
        Option<string?> log = new("--log") { Description = "File for the operator's log.", HelpName = "file" };
        Option<double?> recall = Least("--min-recall", "incidents that are reported");
        Option<double?> objects = Least("--min-object", "incidents whose likeliest hypothesis blames a right object");
        Option<double?> category = Least("--min-category", "incidents with the right category");
        Option<double?> cause = Least("--min-cause", "right causes of the likeliest hypotheses");
        Option<int?> wrong = new("--max-false-positives") { Description = "Healthy cases in which something may be reported; more make the exit code 1.", HelpName = "number" };
        Command command = new("evaluate", About) { directory, output, log, recall, objects, category, cause, wrong };
        command.SetAction((given, ct) =>
        {
            ScoreBars bars = new()
            {
                Recall = given.GetValue(recall), Object = given.GetValue(objects), Category = given.GetValue(category), Cause = given.GetValue(cause),
                FalsePositives = given.GetValue(wrong),
            };
            return RunAsync(screen, given.GetRequiredValue(directory), given.GetValue(output), given.GetValue(log), bars, ct);
        });
        return command;
    }

    private static Option<double?> Least(string name, string what) => new(name) { Description = $"Least share of {what}, in percent; below it the exit code is 1.", HelpName = "percent" };

    private static async Task<int> RunAsync(Screen screen, string directory, string? output, string? log, ScoreBars bars, CancellationToken ct)
    {
        ImmutableArray<CaseFolder> cases = CaseFolder.Find(directory);
        await using StreamWriter? lines = output is null ? null : new(output);   // before the work, too
        using ILoggerFactory logs = LoggerFactory.Create(logging =>
        {
            if (log is not null)
            {
                logging.AddProvider(new FileLogProvider(log, TimeProvider.System, screen.Error));
            }
        });
        ImmutableArray<CaseOutcome> outcomes = await EvaluationRun.RunAsync(cases, logs, ct);
        foreach (CaseOutcome outcome in lines is null ? [] : outcomes)
        {
            await lines!.WriteLineAsync(JsonSerializer.Serialize(outcome.Result, EvaluationJson.Default.CaseResult).AsMemory(), ct);
        }

        return Print(screen, outcomes, bars);
    }

    private static int Print(Screen screen, ImmutableArray<CaseOutcome> outcomes, ScoreBars bars)
    {
        ImmutableArray<CaseScore> scores = EvaluationRun.Score(outcomes);
        ImmutableArray<string> failed = [.. outcomes.Select(static o => o.Result.Error).OfType<string>()], missed = bars.Missed(scores);
        foreach (string line in ScoreTable.Lines(scores).Concat(Unscored(outcomes.Length - failed.Length - scores.Length)).Concat(missed))
        {
            screen.Line(line);
        }

        foreach (string line in failed)
        {
            screen.Error.WriteLine($"firstline: {line}");
        }

        return !failed.IsEmpty ? ExitCodes.CannotRun : missed.IsEmpty ? ExitCodes.Success : ExitCodes.Failed;
    }

    private static IEnumerable<string> Unscored(int cases) =>
        cases == 0 ? [] : [string.Create(CultureInfo.InvariantCulture, $"cases without a score, since their case.json has no expected: {cases}")];
}
