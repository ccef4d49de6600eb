using System.Collections.Immutable;
using Firstline.Api.V1Alpha1;
using Firstline.Controllers.Ports;
using Firstline.Core.Facts;
using Firstline.Core.Lifecycle;
using Firstline.Core.Verification;
using Firstline.Kube.Informers;

namespace Firstline.Controllers.Remediation;

/// <summary>
/// Reads what the declared checks of a verification are judged by. What is outside the cluster is asked in the background, so that a slow answer holds up no
/// other request: a look gets what was answered by then, and the next one what it has asked for.
/// </summary>
public sealed class CheckReadings : IAsyncDisposable
{
    private const string ByNamespace = "namespace-of-checks";

    // Verifications look every five seconds.
    private static readonly TimeSpan AskAgain = TimeSpan.FromSeconds(4);
    private static readonly TimeSpan Forget = TimeSpan.FromMinutes(1);

    private readonly IMetricsSource _metrics;
    private readonly IHttpProbe _probe;
    private readonly Informer<JobFacts> _jobs;
    private readonly TimeProvider _clock;
    private readonly CancellationTokenSource _stop = new();
    private readonly Lock _gate = new();
    private ImmutableDictionary<(string Request, string Check), Asked> _asked = ImmutableDictionary<(string, string), Asked>.Empty;

    public CheckReadings(IMetricsSource metrics, IHttpProbe probe, Informer<JobFacts> jobs, TimeProvider clock)
    {
        (_metrics, _probe, _jobs, _clock) = (metrics, probe, jobs, clock);
        _jobs.AddIndex(ByNamespace, static j => [j.Ref.Namespace ?? ""]);
    }

    /// <summary>What is known by now, by the name of the check; empty for a request that is not being verified.</summary>
    public ImmutableDictionary<string, CheckReading> Of(RemediationRequest request)
    {
        VerificationSpec spec = request.Spec.Verification;
        if ((spec.Metrics.IsEmpty && spec.Probes.IsEmpty && spec.Jobs.IsEmpty) || !RemediationLifecycle.IsVerifying(request))
        {
            return ImmutableDictionary<string, CheckReading>.Empty;
        }

        TargetRef target = request.Spec.Plan.Target with { Namespace = request.Spec.Plan.Target.Namespace ?? request.Metadata.Namespace };
        IEnumerable<(string Name, CheckReading? Reading)> read =
        [
            .. spec.Metrics.Select(m => Ask(request, DeclaredChecks.NameOf(m), async (at, ct) => new CheckReading.OfMetric(at, await _metrics.QueryAsync(m.Query, ct)), static (at, why) => new CheckReading.OfMetric(at, new MetricAnswer.Unknown(why)))),
            .. spec.Probes.Select(p => Ask(request, DeclaredChecks.NameOf(p), async (at, ct) => new CheckReading.OfProbe(at, await _probe.ProbeAsync(p.Destination, target, ct)), static (at, why) => new CheckReading.OfProbe(at, new ProbeAnswer.Unknown(why)))),
            .. spec.Jobs.Select(j => (DeclaredChecks.NameOf(j), (CheckReading?)JobsOf(target))),
        ];
        return read.Where(static r => r.Reading is not null).ToImmutableDictionary(static r => r.Name, static r => r.Reading!);
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (_stop.IsCancellationRequested)
        {
            return;
        }

        await _stop.CancelAsync();
        Task all = Task.WhenAll(_asked.Values.Select(static a => a.Answer));
        await all.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _stop.Dispose();
    }

    private CheckReading.OfJobs? JobsOf(TargetRef target) => _jobs.HasSynced ? new CheckReading.OfJobs(_clock.GetUtcNow(), _jobs.ByIndex(ByNamespace, target.Namespace ?? "")) : null;

    private (string Name, CheckReading? Reading) Ask(
        RemediationRequest request, string name, Func<DateTimeOffset, CancellationToken, Task<CheckReading>> read, Func<DateTimeOffset, string, CheckReading> unknown)
    {
        DateTimeOffset now = _clock.GetUtcNow();
        (string, string) key = (request.Metadata.Uid ?? "", name);
        lock (_gate)
        {
            Asked? before = _asked.GetValueOrDefault(key);
            CheckReading? known = before switch
            {
                { Answer: { IsCompletedSuccessfully: true } answer } => answer.Result,
                { Answer: { IsFaulted: true, Exception.InnerException: var error }, At: var at } => unknown(at, $"it could not be asked ({error?.GetType().Name})"),   // its words may hold a secret
                _ => before?.Known,
            };
            if (before is null || (before.Answer.IsCompleted && (now - before.At).Duration() >= AskAgain))
            {
                _asked = _asked.RemoveRange(_asked.Where(a => a.Value.Answer.IsCompleted && (now - a.Value.At).Duration() >= Forget).Select(static a => a.Key))
                    .SetItem(key, new(now, Task.Run(() => read(now, _stop.Token), _stop.Token), known));
            }

            return (name, known);
        }
    }

    /// <summary>A question that was asked, and what was known before its answer.</summary>
    private sealed record Asked(DateTimeOffset At, Task<CheckReading> Answer, CheckReading? Known);
}
