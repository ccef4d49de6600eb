using System.Globalization;
using Firstline.Benchmarks;

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
