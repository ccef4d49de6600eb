using System.Globalization;
using Firstline.Benchmarks;

// Firstline.Benchmarks [RUNS [PUBLISHED-OPERATOR]]: measures the operator as a process of its own beside the dev server, and holds it against its bars.
int runs = args is [string text, ..] ? int.Parse(text, CultureInfo.InvariantCulture) : 100;
Report report = await Benchmark.RunAsync(runs, args.ElementAtOrDefault(1));
Console.WriteLine(report.ToText());
return report.HoldsAllBars ? 0 : 1;
