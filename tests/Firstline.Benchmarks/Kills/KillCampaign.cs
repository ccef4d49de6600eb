using Firstline.Api.V1Alpha1;
using Firstline.Cli.Development;
using Firstline.Kube.Informers;
using Microsoft.Extensions.Logging;

namespace Firstline.Benchmarks.Kills;

/// <summary>
/// Two operators in processes of their own; API server, simulated cluster and watches in this one. Each round breaks a Deployment, kills the
/// leader at a point of its work on it, and waits until the other has brought the incident to its end.
/// </summary>
internal sealed class KillCampaign
{
    /// <summary>How long anything may take; far more than it takes on an idle machine.</summary>
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(180);

    private readonly RequestLog _requests;
    private readonly OperatorPair _operators;
    private readonly Stage _stage;
    private readonly Auditor _auditor;
    private readonly Trap _trap;
    private readonly List<Round> _rounds = [];
    private readonly List<string> _stuck = [];

    private KillCampaign(RequestLog requests, OperatorPair operators, Stage stage, Auditor auditor, Moments moments)
    {
        (_requests, _operators, _stage, _auditor) = (requests, operators, stage, auditor);
        _trap = new Trap(requests, operators, moments);
    }

    /// <param name="kills">How often the leader is killed.</param>
    /// <param name="seed">Orders the points.</param>
    /// <param name="lease">What the operators compete for.</param>
    /// <param name="tell">Told of each round in one line.</param>
    public static async Task<KillReport> RunAsync(int kills, int seed, LeaseTimes lease, Action<string> tell)
    {
        Moments moments = new();
        using DevFolder folder = DevFolder.Open(null);
        using ILoggerFactory logs = folder.CreateLog(TimeProvider.System);
        await using DevEnvironment environment = await DevEnvironment.StartAsync(
            new DevOptions { Operator = Part.Off, Speed = 20 }, folder, logs, TimeProvider.System, CancellationToken.None);
        using RequestLog requests = new(moments) { Port = environment.Server.Port };
        using CancellationTokenSource stop = new();
        SharedInformers informers = new(environment.Client, TimeProvider.System);
        Stage stage = new(environment.Client, informers, moments);
        Auditor auditor = new(environment.Client, informers, requests);
        informers.Start(stop.Token);
        await informers.WaitForSyncAsync(CancellationToken.None);
        await stage.LiftLimitsAsync();

        KillReport report;
        await using (OperatorPair operators = OperatorPair.Start(folder.Kubeconfig, lease, moments))
        {
            report = await new KillCampaign(requests, operators, stage, auditor, moments).PlayAsync(kills, seed, lease, tell);
        }

        await stop.CancelAsync();
        await informers.StoppedAsync();
        return report;
    }

    private async Task<KillReport> PlayAsync(int kills, int seed, LeaseTimes lease, Action<string> tell)
    {
        IEnumerator<KillPoint> points = Points(new Random(seed)).GetEnumerator();
        while (_rounds.Count(static r => r.Kill is not null) < kills && _rounds.Count < 2 * kills && _stuck.Count == 0 && points.MoveNext())
        {
            await PlayAsync(_rounds.Count + 1, points.Current);
            tell(_rounds[^1].ToString());
        }

        List<Account> accounts = [];
        foreach (Round round in _rounds)
        {
            accounts.Add(await _auditor.AccountOfAsync(round));
        }

        return new KillReport
        {
            Seed = seed, Lease = lease, Rounds = [.. _rounds], Accounts = [.. accounts], Trespasses = _auditor.Trespasses(), Stuck = [.. _stuck],
            Ends = [.. _operators.Seats.SelectMany(static s => s.Ends)],
        };
    }

    /// <summary>Each point once before any comes again, in an order of the seed's.</summary>
    private static IEnumerable<KillPoint> Points(Random random)
    {
        while (true)
        {
            KillPoint[] points = [.. KillPoint.All];
            random.Shuffle(points);
            foreach (KillPoint point in points)
            {
                yield return point;
            }
        }
    }

    private async Task PlayAsync(int number, KillPoint point)
    {
        Round round = new(number, $"web-{number}", point, null, default, default);
        try
        {
            await _stage.DeployAsync(round.Workload);
            await BothStandAsync();
            Task<Kill> kill = _trap.Set(point, _auditor.Names);
            await _stage.BreakAsync(round.Workload);
            Task<Incident> over = _stage.IncidentOverAsync(round.Workload, Limit);
            await Task.WhenAny(kill, over);
            if (!_trap.TakeAway())
            {
                round = round with { Kill = await kill.WaitAsync(Limit) };
                TimeSpan taken = await TakeoverAsync(round.Kill);
                round = round with { Takeover = taken - round.Kill.At, SinceRenewal = taken - LastRenewalBefore(round.Kill) };
            }

            await over;
            await _auditor.SettledAsync(round.Workload, Limit);
        }
        catch (TimeoutException e)
        {
            _stuck.Add($"round {number} ({round.Workload}, killed at: {point.Name}): {e.Message}");
        }

        _rounds.Add(round);
    }

    /// <summary>Waits until one operator leads and the other, its caches filled, looks at the lease.</summary>
    private async Task BothStandAsync()
    {
        foreach (Seat seat in _operators.Seats)
        {
            await _requests.FirstAsync(
                $"operator of {seat.Context} stands for the lease",
                r => r is { Resource: "leases", IsNew: false } && r.Credential == seat.Credential && r.Start > seat.StartedAt, Limit);
        }
    }

    private TimeSpan LastRenewalBefore(Kill kill) =>
        _requests.All.Where(r => r is { Resource: "leases", IsWrite: true, IsDone: true } && r.Credential == kill.Seat.Credential && r.Start <= kill.At).Max(static r => r.End);

    /// <summary>When the server has answered the next leader's first write of the lease.</summary>
    private async Task<TimeSpan> TakeoverAsync(Kill kill)
    {
        ServedRequest first = await _requests.FirstAsync(
            "takeover",
            r => r is { Resource: "leases", IsWrite: true, IsDone: true } && r.Start > kill.At
                && (r.Credential != kill.Seat.Credential || (kill.Seat.StartedAt > kill.At && r.Start > kill.Seat.StartedAt)),
            Limit);
        return first.End;
    }
}
