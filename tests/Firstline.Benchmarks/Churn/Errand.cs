namespace Firstline.Benchmarks.Churn;

/// <summary>What happens at a moment of a day.</summary>
/// <param name="At">Since the day began.</param>
/// <param name="Kind">What.</param>
/// <param name="Workload">To which workload.</param>
/// <param name="Number">Counts through the day.</param>
internal sealed record Errand(TimeSpan At, ErrandKind Kind, int Workload, int Number)
{
    public Task DoAsync(Hands hands) => Kind switch
    {
        ErrandKind.Rollout => hands.RollOutAsync(Workload, Number),
        ErrandKind.Scaling => hands.ScaleAsync(Workload),
        ErrandKind.Job => hands.RunJobAsync(Workload, Number),
        _ => hands.DrainAsync(Number),
    };
}
