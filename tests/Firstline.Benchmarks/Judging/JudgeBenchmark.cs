using System.Collections.Immutable;
using System.Diagnostics;
using System.Globalization;
using Firstline.Benchmarks.Caches;

namespace Firstline.Benchmarks.Judging;

/// <summary>An event of a pod costs a look at that pod's owner, whatever the size of the cluster: counted in clusters of several sizes.</summary>
internal static class JudgeBenchmark
{
    /// <summary>The fewest pods with which no two events of a batch are about one Deployment.</summary>
    public const int FewestPods = 1000;

    // Share of the smallest cluster's cost.
    private const double Flat = 1.2;

    /// <param name="sizes">Pods of each cluster, the smallest first; at least <see cref="FewestPods"/>.</param>
    public static async Task<Report> RunAsync(IReadOnlyList<int> sizes)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(sizes.Min(), FewestPods, nameof(sizes));
        ImmutableArray<JudgeFigures>.Builder all = ImmutableArray.CreateBuilder<JudgeFigures>();
        foreach (int pods in sizes)
        {
            all.Add(await MeasureAsync(pods));
        }

        return new([.. all.SelectMany(f => Measures(f, all[0]))]) { Details = "" };
    }

    private static async Task<JudgeFigures> MeasureAsync(int pods)
    {
        using Process server = CacheBenchmark.Start("pod-server", pods.ToString(CultureInfo.InvariantCulture), "deployments");
        try
        {
            string address = await server.StandardOutput.ReadLineAsync() ?? throw new InvalidOperationException("the pod server did not start");
            return await JudgeProbe.RunAsync(new Uri(address), pods);
        }
        finally
        {
            server.Kill();
        }
    }

    private static ImmutableArray<Measure> Measures(JudgeFigures of, JudgeFigures smallest) =>
    [
        new(Text(of, "objects judged per event"), of.Judgements, "", 1),
        new(Text(of, "objects looked at per event"), of.Facts, "", smallest.Facts * Flat),
        new(Text(of, "bytes allocated per event"), of.Bytes, "B", smallest.Bytes * Flat),
        new(Text(of, "findings on healthy pods"), of.Findings, "", 0),
    ];

    private static string Text(JudgeFigures of, string what) => string.Create(CultureInfo.InvariantCulture, $"{of.Pods} pods: {what}");
}
