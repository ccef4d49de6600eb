using System.Globalization;
using Firstline.Api.V1Alpha1;
using Firstline.Controllers.Ports;
using Firstline.Core.Facts;

namespace Firstline.Controllers.Diagnosis;

/// <summary>Asks Prometheus how the requests of a workload fare: five queries side by side, within <see cref="Patience"/>.</summary>
public sealed class TrafficReader(IMetricsSource metrics, TrafficQueries queries, TimeProvider clock)
{
    /// <summary>How long a diagnosis waits for all answers.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    /// <summary>What it tells; null for what serves no requests, or whose name is none that a query may hold.</summary>
    public async Task<TrafficFacts?> ReadAsync(Situation situation, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(situation);
        TargetRef target = situation.Subject;
        if (situation.Workload is not { DesiredPods: > 0 } || target.Namespace is not { } ns || !ShellWord.IsPlain(ns) || !ShellWord.IsPlain(target.Name))
        {
            return null;
        }

        using CancellationTokenSource limit = new(Patience, clock);
        using CancellationTokenSource linked = CancellationTokenSource.CreateLinkedTokenSource(ct, limit.Token);
        string errors = Filled(queries.ErrorRatio, target), latency = Filled(queries.Latency, target);
        TrafficReading[] all = await Task.WhenAll(
        [
            AskAsync(Within(errors, TrafficFacts.Window, ""), linked.Token, ct),
            AskAsync(Within(errors, TrafficFacts.Baseline, $" offset {TrafficFacts.Window}"), linked.Token, ct),
            .. TrafficFacts.Quantiles.Select(q => AskAsync(Within(latency, TrafficFacts.Window, "").Replace("$quantile", q.ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal), linked.Token, ct)),
        ]);
        return new(all[0], all[1], [.. all.Skip(2)]);
    }

    // A name's dots would match anything; and web-admin-7c9f-x is no pod of web.
    private static string Filled(string query, TargetRef target)
    {
        string suffix = target.Kind switch { "StatefulSet" => "[0-9]+", "DaemonSet" => "[a-z0-9]{5}", _ => "[a-z0-9]{1,10}-[a-z0-9]{5}" };
        return query.Replace("$namespace", target.Namespace, StringComparison.Ordinal)
            .Replace("$pods", $"{target.Name.Replace(".", @"\\.", StringComparison.Ordinal)}-{suffix}", StringComparison.Ordinal);
    }

    private static string Within(string query, string range, string offset) => query.Replace("[$range]", $"[{range}]{offset}", StringComparison.Ordinal);

    private async Task<TrafficReading> AskAsync(string query, CancellationToken linked, CancellationToken ct)
    {
        try
        {
            return new(query, await metrics.QueryAsync(query, linked));
        }
        catch (OperationCanceledException) when (!ct.IsCancellationRequested)
        {
            return new(query, new MetricAnswer.Unknown(string.Create(CultureInfo.InvariantCulture, $"Prometheus did not answer within {Patience.TotalSeconds:0} s")));
        }
    }
}
