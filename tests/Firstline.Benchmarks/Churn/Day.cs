using System.Collections.Immutable;

namespace Firstline.Benchmarks.Churn;

/// <summary>All that is to happen in a time, spread evenly over it.</summary>
internal sealed record Day(ImmutableArray<Errand> Errands)
{
    private const double ErrandsPerWorkloadAndDay = 3, DrainsPerNodeAndDay = 0.5;

    /// <summary>A day's work on every workload, for a part of a day that part of it, and something of each kind in any case.</summary>
    public static Day Of(Town town, TimeSpan time, int seed)
    {
        Random random = new(seed);
        int[] replicated = [.. Enumerable.Range(0, town.Workloads).Where(static w => Town.KindOf(w) != "CronJob")];
        int drains = Math.Max(1, (int)(town.Nodes * DrainsPerNodeAndDay * time.TotalDays));
        int others = Math.Max(6, (int)(town.Workloads * ErrandsPerWorkloadAndDay * time.TotalDays));
        ErrandKind[] kinds = [.. Enumerable.Repeat(ErrandKind.Drain, drains), .. Enumerable.Range(0, others).Select(static i => (ErrandKind)(i % 3))];
        random.Shuffle(kinds);
        return new([.. kinds.Select((kind, i) => new Errand(time * i / kinds.Length, kind, replicated[random.Next(replicated.Length)], i))]);
    }

    /// <summary>The same for several who work side by side: what is done to one workload, and all drains, one after the other.</summary>
    public IEnumerable<IEnumerable<Errand>> Workers(int count) =>
        Errands.GroupBy(e => e.Kind == ErrandKind.Drain ? count : e.Workload % count);
}
