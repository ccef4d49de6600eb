using System.Globalization;
using Firstline.Benchmarks;
using Firstline.Benchmarks.Caches;
using Firstline.Benchmarks.Churn;
using Firstline.Benchmarks.Crashes;
using Firstline.Benchmarks.Judging;
using Firstline.Benchmarks.Kills;
using Firstline.Benchmarks.Storms;

// Firstline.Benchmarks cache [PODS...]: measures the cache of pods beside one of whole objects; 10,000 and 50,000 pods when none are given.
// Firstline.Benchmarks cache --kubeconfig FILE [PODS]: creates pods on the API server of that file, and measures how long the cache takes to fill from it; 5,000 when not told otherwise.
// Firstline.Benchmarks judge [PODS...]: counts what an event of a pod costs in clusters of several sizes; 1,000, 10,000 and 50,000 pods when none are given.
// Firstline.Benchmarks churn [WORKLOADS [HOURS [SPEED [SEED]]]]: ordinary rollouts, scalings, drains and Jobs in a cluster whose clock runs SPEED times as fast; 500 workloads, 24 h, 60 times when not told otherwise.
// Firstline.Benchmarks kills [KILLS [SEED]]: kills the leader of two operators again and again in the middle of its work; 50 times when not told otherwise.
// Firstline.Benchmarks crashes [POINTS [SEED]]: kills the operator before and after every request that it makes; at that many points of them when told so.
// Firstline.Benchmarks trials [ROUNDS [SEED]]: server faults, clocks that jump, two operators, API servers that are started anew; 300 rounds when not told otherwise.
// Firstline.Benchmarks nodeloss [PODS [WORKLOADS]]: a node with many pods is lost; 250 pods of 50 workloads when not told otherwise.
// Firstline.Benchmarks storm [ALERTS [CAUSES [SECONDS]]]: alerts as an Alertmanager in trouble sends them; 10,000 over 200 causes within 60 s when not told otherwise.
switch (args)
{
    case ["cache", "--kubeconfig", string kubeconfig, .. string[] sizes]:
        return await ClusterSync.RunAsync(kubeconfig, sizes is [string size, ..] ? int.Parse(size, CultureInfo.InvariantCulture) : 5_000) ? 0 : 1;
    case ["cache", .. string[] sizes]:
        return await CacheBenchmark.RunAsync(sizes.Length == 0 ? [10_000, 50_000] : [.. sizes.Select(static s => int.Parse(s, CultureInfo.InvariantCulture))]) ? 0 : 1;
    case ["pod-server", string pods, .. string[] rest]:
        await PodServer.RunAsync(int.Parse(pods, CultureInfo.InvariantCulture), rest is ["deployments"]);
        return 0;
    case ["cache-probe", string server, string kind]:
        Console.WriteLine((await CacheProbe.RunAsync(new Uri(server), kind)).ToLine());
        return 0;
    case ["judge", .. string[] sizes]:
        return Show(await JudgeBenchmark.RunAsync(sizes.Length == 0 ? [1_000, 10_000, 50_000] : [.. sizes.Select(static s => int.Parse(s, CultureInfo.InvariantCulture))]));
    case ["kills", .. string[] numbers]:
        int[] given = [.. numbers.Select(static n => int.Parse(n, CultureInfo.InvariantCulture))];
        KillReport kills = await KillCampaign.RunAsync(given is [int count, ..] ? count : 50, given is [_, int seed, ..] ? seed : 1, LeaseTimes.Short, Console.WriteLine);
        Console.WriteLine(kills.ToText());
        return kills.Violations.IsEmpty ? 0 : 1;
    case ["crashes", .. string[] limits]:
        int[] chosen = [.. limits.Select(static n => int.Parse(n, CultureInfo.InvariantCulture))];
        CrashReport crashes = await CrashCampaign.RunAsync(chosen is [> 0, ..] ? chosen[0] : null, chosen is [_, int draw, ..] ? draw : 1, 3, Console.WriteLine);
        Console.WriteLine(crashes.ToText());
        return crashes.Violations.IsEmpty ? 0 : 1;
    case ["trials", .. string[] limits]:
        int[] wanted = [.. limits.Select(static n => int.Parse(n, CultureInfo.InvariantCulture))];
        CrashReport trials = await TrialCampaign.RunAsync(wanted is [int rounds, ..] ? rounds : 300, wanted is [_, int cast, ..] ? cast : 1, 3, Console.WriteLine);
        Console.WriteLine(trials.ToText());
        return trials.Violations.IsEmpty ? 0 : 1;
    case ["storm", .. string[] sizes]:
        int[] storm = [.. sizes.Select(static n => int.Parse(n, CultureInfo.InvariantCulture))];
        StormReport became = await StormCampaign.RunAsync(storm is [int many, ..] ? many : 10_000, storm is [_, int over, ..] ? over : 200, TimeSpan.FromSeconds(storm is [_, _, int span, ..] ? span : 60));
        Console.WriteLine(became.ToText());
        return became.Violations.IsEmpty && became.Measures.All(static m => m.Holds) ? 0 : 1;
    case ["nodeloss", .. string[] sizes]:
        int[] node = [.. sizes.Select(static n => int.Parse(n, CultureInfo.InvariantCulture))];
        return Show(await NodeLossCampaign.RunAsync(node is [int onNode, ..] ? onNode : 250, node is [_, int ofThem, ..] ? ofThem : 50));
    case ["churn", .. string[] sizes]:
        double[] churn = [.. sizes.Select(static n => double.Parse(n, CultureInfo.InvariantCulture))];
        return Show(await ChurnCampaign.RunAsync(
            churn is [double apps, ..] ? (int)apps : 500, TimeSpan.FromHours(churn is [_, double hours, ..] ? hours : 24), churn is [_, _, double speed, ..] ? speed : 60, churn is [_, _, _, double lot, ..] ? (int)lot : 1));
    default:
        break;
}

// Firstline.Benchmarks [RUNS [PUBLISHED-OPERATOR]] [--details]: measures the operator as a process of its own beside the dev server, and holds it against its bars.
bool isDetailed = args.Contains("--details");
args = [.. args.Where(static a => a != "--details")];
int runs = args is [string text, ..] ? int.Parse(text, CultureInfo.InvariantCulture) : 100;
Report report = await Benchmark.RunAsync(runs, args.ElementAtOrDefault(1));
Console.WriteLine(report.ToText());
if (isDetailed)
{
    Console.WriteLine($"\n{report.Details}");
}

return report.HoldsAllBars ? 0 : 1;

static int Show(Report report)
{
    Console.WriteLine($"{report.ToText()}\n{report.Details}".TrimEnd());
    return report.HoldsAllBars ? 0 : 1;
}
