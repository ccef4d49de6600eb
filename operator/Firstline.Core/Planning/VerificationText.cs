using System.Globalization;
using System.Text.RegularExpressions;
using Firstline.Api.V1Alpha1;

namespace Firstline.Core.Planning;

/// <summary>Makes a runbook's declared checks those of one target, so that whoever approves reads what will be asked.</summary>
public static partial class VerificationText
{
    /// <summary>The most characters of a filled query; the same as in the schema.</summary>
    public const int MaxQuery = 4096;

    private const int LongestName = 253;
    private const string NamespacePlace = "{namespace}";
    private const string NamePlace = "{name}";

    /// <summary>The checks with the target's names in them.</summary>
    /// <param name="spec">The checks as the runbook declares them.</param>
    /// <param name="target">The object to change.</param>
    /// <param name="home">Namespace of a target that names none itself.</param>
    public static VerificationSpec For(VerificationSpec spec, TargetRef target, string home) =>
        spec.Metrics.IsEmpty ? spec : spec with { Metrics = [.. spec.Metrics.Select(m => m with { Query = Filled(m.Query, target, home) })] };

    /// <summary>What is wrong with the checks, one sentence each.</summary>
    internal static IEnumerable<string> Problems(VerificationSpec spec)
    {
        IEnumerable<string> twice = Twice("metrics", spec.Metrics.Select(static m => m.Name)).Concat(Twice("probes", spec.Probes.Select(static p => p.Name))).Concat(Twice("jobs", spec.Jobs.Select(static j => j.Name)));
        return twice.Concat(spec.Metrics.SelectMany(MetricProblems)).Concat(
            from job in spec.Jobs
            where job.Job is null == job.CronJob is null
            select $"spec.verification.jobs[{job.Name}]: give either job or cronJob");
    }

    private static IEnumerable<string> MetricProblems(MetricCheck metric)
    {
        string path = $"spec.verification.metrics[{metric.Name}]";
        if (metric is { Min: null, Max: null })
        {
            yield return $"{path}: give min, max or both: without a bound every answer would be well";
        }

        if (Bound(metric.Min) > Bound(metric.Max))
        {
            yield return $"{path}: no number is at least {metric.Min} and at most {metric.Max}";
        }

        if (LongestOf(metric.Query) > MaxQuery)
        {
            yield return $"{path}.query: with the names of a target in it, it may be longer than {MaxQuery} characters";
        }
    }

    /// <summary>A bound as a number; null for none.</summary>
    public static double? Bound(string? text) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double value) ? value : null;

    private static IEnumerable<string> Twice(string list, IEnumerable<string> names) =>
        names.GroupBy(static n => n, StringComparer.Ordinal).Where(static g => g.Count() > 1).Select(g => $"spec.verification.{list}: the name {g.Key} is used {g.Count()} times");

    private static int LongestOf(string query) => query.Length + ((query.Split(NamespacePlace).Length + query.Split(NamePlace).Length - 2) * LongestName);

    // A name that could end a string in the query stays out of it: the query then fails, and a failed query is never taken as success.
    private static string Filled(string query, TargetRef target, string home)
    {
        string ns = target.Namespace ?? home;
        return PlainName().IsMatch(target.Name) && PlainName().IsMatch(ns)
            ? query.Replace(NamespacePlace, ns, StringComparison.Ordinal).Replace(NamePlace, target.Name, StringComparison.Ordinal)
            : query;
    }

    [GeneratedRegex(@"^[-a-z0-9.]{1,253}\z")]
    private static partial Regex PlainName();
}
