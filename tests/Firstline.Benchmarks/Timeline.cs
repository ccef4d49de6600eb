using System.Collections.Immutable;
using System.Globalization;
using System.Text;

namespace Firstline.Benchmarks;

/// <summary>What the operator asked of the API server between a crash and its patch: where the time went.</summary>
internal static class Timeline
{
    /// <summary>The requests of the slowest runs, each with its times after the crash and how long the server took, in ms.</summary>
    public static string OfSlowest(IEnumerable<Run> runs, ImmutableArray<ServedRequest> requests, int count)
    {
        StringBuilder text = new();
        foreach (Run run in runs.OrderByDescending(static r => r.ToPatch).Take(count))
        {
            text.AppendLine(CultureInfo.InvariantCulture, $"{run.Name}: {run.ToPatch.TotalMilliseconds:0} ms");
            foreach (ServedRequest request in requests.Where(r => r.End > run.Crash && r.Start < run.Patch).OrderBy(static r => r.Start))
            {
                text.AppendLine(
                    CultureInfo.InvariantCulture, $"  {(request.Start - run.Crash).TotalMilliseconds,7:0.0} +{request.Took.TotalMilliseconds,6:0.0}  {request.Kind} {request.Name}");
            }
        }

        return text.ToString();
    }

    /// <summary>How many requests of each kind were made per incident.</summary>
    public static string OfKinds(ImmutableArray<ServedRequest> requests, int incidents) => string.Join('\n',
        from request in requests
        group request by request.Kind into kind
        orderby kind.Count() descending
        select string.Create(CultureInfo.InvariantCulture, $"  {(double)kind.Count() / incidents,6:0.00}  {kind.Key}"));
}
