using System.Collections.Immutable;

namespace Firstline.Cli.Evaluation;

/// <summary>Runs cases and scores what the operator made of them.</summary>
internal static class EvaluationRun
{
    /// <summary>Results in the order of the cases. What is expected is not looked at. A case that can't be read or stored says so, and the others go on.</summary>
    /// <param name="cases">The cases.</param>
    /// <param name="logs">Where the operator logs.</param>
    /// <param name="ct">Stops it.</param>
    public static async Task<ImmutableArray<CaseOutcome>> RunAsync(ImmutableArray<CaseFolder> cases, ILoggerFactory logs, CancellationToken ct)
    {
        string scratch = Directory.CreateTempSubdirectory("firstline-evaluate-").FullName;
        try
        {
            CaseOutcome[] outcomes = new CaseOutcome[cases.Length];
            ParallelOptions side = new() { MaxDegreeOfParallelism = Environment.ProcessorCount, CancellationToken = ct };
            await Parallel.ForAsync(0, cases.Length, side, async (at, stop) => outcomes[at] = await RunOneAsync(cases[at], scratch, logs, stop));
            return [.. outcomes];
        }
        finally
        {
            Directory.Delete(scratch, recursive: true);
        }
    }

    /// <summary>Compares the results with what is right; cases that don't say it, or were not run, are left out.</summary>
    public static ImmutableArray<CaseScore> Score(ImmutableArray<CaseOutcome> outcomes) =>
        [.. outcomes.Where(static o => o is { Truth: not null, Result.Error: null }).Select(static o => CaseScore.Of(o.Result, o.Truth!))];

    private static async Task<CaseOutcome> RunOneAsync(CaseFolder folder, string scratch, ILoggerFactory logs, CancellationToken ct)
    {
        try
        {
            (CaseTruth? truth, _, _) = (folder.Truth(), folder.Objects(), folder.AfterLoad());   // first: what can't be read is not to cost the work
            return new(truth, await CaseRun.RunAsync(folder, scratch, logs, ct));
        }
        catch (Exception e) when (e is CommandException or IOException or UnauthorizedAccessException)
        {
            return new(null, new(folder.Name, 0, []) { Error = $"case {folder.Name} could not be run: {e.Message}" });
        }
    }
}

/// <summary>A case and how it went.</summary>
/// <param name="Truth">What is right; null where the case does not say it, or could not be run.</param>
/// <param name="Result">What the operator made of it.</param>
internal sealed record CaseOutcome(CaseTruth? Truth, CaseResult Result);
