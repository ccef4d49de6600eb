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
        ImmutableArray<CaseTruth?> truths = [.. cases.Select(static c => c.Truth())];   // first: one that can't be read is not to cost the work of all
        await using StreamWriter? lines = output is null ? null : new(output);   // before the work, too
        using ILoggerFactory logs = LoggerFactory.Create(logging =>
        {
            if (log is not null)
            {
                logging.AddProvider(new FileLogProvider(log, TimeProvider.System, screen.Error));
            }
        });
        ImmutableArray<CaseResult> results = await EvaluationRun.RunAsync(cases, logs, ct);
        foreach (CaseResult result in lines is null ? [] : results)
        {
            await lines!.WriteLineAsync(JsonSerializer.Serialize(result, EvaluationJson.Default.CaseResult).AsMemory(), ct);
        }

        ImmutableArray<CaseScore> scores = EvaluationRun.Score(truths, results);
        ImmutableArray<string> missed = bars.Missed(scores);
        foreach (string line in ScoreTable.Lines(scores).Concat(Unscored(cases.Length - scores.Length)).Concat(missed))
        {
            screen.Line(line);
        }

        return missed.IsEmpty ? ExitCodes.Success : ExitCodes.Failed;
    }

    private static IEnumerable<string> Unscored(int cases) =>
        cases == 0 ? [] : [string.Create(CultureInfo.InvariantCulture, $"cases without a score, since their case.json has no expected: {cases}")];
}
