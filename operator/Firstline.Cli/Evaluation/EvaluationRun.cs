using System.Collections.Immutable;

namespace Firstline.Cli.Evaluation;

/// <summary>Runs cases and scores what the operator made of them.</summary>
internal static class EvaluationRun
{
    /// <summary>Results by the name of the case. What is expected is not looked at.</summary>
    /// <param name="cases">The cases.</param>
    /// <param name="logs">Where the operator logs.</param>
    /// <param name="ct">Stops it.</param>
    public static async Task<ImmutableArray<CaseResult>> RunAsync(ImmutableArray<CaseFolder> cases, ILoggerFactory logs, CancellationToken ct)
    {
        string scratch = Directory.CreateTempSubdirectory("firstline-evaluate-").FullName;
        try
        {
            CaseResult[] results = new CaseResult[cases.Length];
            ParallelOptions side = new() { MaxDegreeOfParallelism = Environment.ProcessorCount, CancellationToken = ct };
            await Parallel.ForAsync(0, cases.Length, side, async (at, stop) => results[at] = await CaseRun.RunAsync(cases[at], scratch, logs, stop));
            return [.. results];
        }
        finally
        {
            Directory.Delete(scratch, recursive: true);
        }
    }

    /// <summary>Compares the results with what is right; cases that don't say it are left out.</summary>
    public static ImmutableArray<CaseScore> Score(ImmutableArray<CaseTruth?> truths, ImmutableArray<CaseResult> results) =>
        [.. results.Zip(truths).Where(static p => p.Second is not null).Select(static p => CaseScore.Of(p.First, p.Second!))];
}
