using System.Collections.Immutable;
using Firstline.Api.Meta;
using Firstline.Api.V1Alpha1;
using Firstline.Controllers.Ports;
using Firstline.Core.Facts;
using Firstline.Core.Lifecycle;
using Firstline.Core.Planning;
using Firstline.Kube.Informers;

namespace Firstline.Controllers.Remediation;

/// <summary>
/// Reads what the declared checks of a verification are judged by; before the change, whether they are answered. What is outside the cluster is asked in the
/// background, so that a slow answer holds up no other request: a look gets what was answered by then, and the next one what it has asked for.
/// </summary>
public sealed class CheckReadings : IAsyncDisposable
{
    private const string ByNamespace = "namespace-of-checks";

    // One destination that hangs holds up neither the operator nor what asks Prometheus.
    private const int MetricsAtOnce = 8;
    private const int ProbesAtOnce = 8;

    // Verifications look every five seconds.
    private static readonly TimeSpan AskAgain = TimeSpan.FromSeconds(4);

    // Longer than an answer may take, since one that comes before the change brings the next look.
    private static readonly TimeSpan AskAgainBefore = TimeSpan.FromSeconds(20);

    // What waits is looked at once a minute.
    private static readonly TimeSpan Forget = TimeSpan.FromMinutes(3);

    private readonly IMetricsSource _metrics;
    private readonly IHttpProbe _probe;
    private readonly Informer<JobFacts> _jobs;
    private readonly TimeProvider _clock;
    private readonly CancellationTokenSource _stop = new();
    private readonly SemaphoreSlim _metricsAtOnce = new(MetricsAtOnce);
    private readonly SemaphoreSlim _probesAtOnce = new(ProbesAtOnce);
    private readonly Lock _gate = new();
    private ImmutableDictionary<QuestionKey, Asked> _asked = ImmutableDictionary<QuestionKey, Asked>.Empty;
    private Action<NamespacedName> _onAnswer = static _ => { };

    public CheckReadings(IMetricsSource metrics, IHttpProbe probe, Informer<JobFacts> jobs, TimeProvider clock)
    {
        (_metrics, _probe, _jobs, _clock) = (metrics, probe, jobs, clock);
        _jobs.AddIndex(ByNamespace, static j => [j.Ref.Namespace ?? ""]);
    }

    /// <summary>Calls with a request that waits for its change, each time that one of its checks was answered; to be set before the first look.</summary>
    public void OnAnswer(Action<NamespacedName> answered) => _onAnswer = answered;

    /// <summary>What is known by now, by the name of the check; empty for a request whose change is neither to be made nor being verified.</summary>
    public ImmutableDictionary<string, CheckReading> Of(RemediationRequest request)
    {
        VerificationSpec spec = request.Spec.Verification;
        bool isBefore = !RemediationLifecycle.IsSettled(request) && !Progress.HasBegun(request);
        if ((spec.Metrics.IsEmpty && spec.Probes.IsEmpty && spec.Jobs.IsEmpty) || !(isBefore || RemediationLifecycle.IsVerifying(request)))
        {
            return ImmutableDictionary<string, CheckReading>.Empty;
        }

        NamespacedName key = NamespacedName.Of(request.Metadata);
        TargetRef target = request.Spec.Plan.Target with { Namespace = request.Spec.Plan.Target.Namespace ?? request.Metadata.Namespace };
        IEnumerable<(string Name, CheckReading? Reading)> read =
        [
            .. spec.Metrics.Select(m => (CheckNames.Of(m), Ask(MetricOf(m), key, isBefore))),
            .. spec.Probes.Select(p => (CheckNames.Of(p), Ask(ProbeOf(p, target), key, isBefore))),
            .. spec.Jobs.Select(j => (CheckNames.Of(j), (CheckReading?)JobsOf(target))),
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
        _metricsAtOnce.Dispose();
        _probesAtOnce.Dispose();
    }

    private Question MetricOf(MetricCheck check) => new(
        $"Metric/{check.Query}", _metricsAtOnce, async (at, ct) => new CheckReading.OfMetric(at, await _metrics.QueryAsync(check.Query, ct)), static (at, why) => new CheckReading.OfMetric(at, new MetricAnswer.Unknown(why)));

    private Question ProbeOf(ProbeCheck check, TargetRef target) => new(
        $"Probe/{check.Destination}", _probesAtOnce, async (at, ct) => new CheckReading.OfProbe(at, await _probe.ProbeAsync(check.Destination, target, ct)), static (at, why) => new CheckReading.OfProbe(at, new ProbeAnswer.Unknown(why)));

    private CheckReading.OfJobs? JobsOf(TargetRef target) => _jobs.HasSynced ? new CheckReading.OfJobs(_clock.GetUtcNow(), _jobs.ByIndex(ByNamespace, target.Namespace ?? "")) : null;

    private CheckReading? Ask(Question question, NamespacedName request, bool isBefore)
    {
        DateTimeOffset now = _clock.GetUtcNow();
        QuestionKey key = new(request, question.Text);
        lock (_gate)
        {
            Asked? before = _asked.GetValueOrDefault(key);
            CheckReading? known = before is { Answer: { IsCompletedSuccessfully: true } answer } ? answer.Result : before?.Known;
            if (before is null || (before.Answer.IsCompleted && (now - before.At).Duration() >= (isBefore ? AskAgainBefore : AskAgain)))
            {
                Task<CheckReading> asked = Task.Run(() => AnswerAsync(question), _stop.Token);
                if (isBefore)
                {
                    _ = asked.ContinueWith(_ => _onAnswer(request), _stop.Token, TaskContinuationOptions.None, TaskScheduler.Default);
                }

                _asked = _asked.RemoveRange(_asked.Where(a => a.Value.Answer.IsCompleted && (now - a.Value.At).Duration() >= Forget).Select(static a => a.Key))
                    .SetItem(key, new(now, asked, known));
            }

            return known;
        }
    }

    private async Task<CheckReading> AnswerAsync(Question question)
    {
        await question.AtOnce.WaitAsync(_stop.Token);
        DateTimeOffset at = _clock.GetUtcNow();
        try
        {
            _stop.Token.ThrowIfCancellationRequested();   // those that end with it make room for others
            return await question.Read(at, _stop.Token);
        }
        catch (Exception e) when (!_stop.IsCancellationRequested)
        {
            return question.Unknown(at, $"it could not be asked ({e.GetType().Name})");   // its words may hold a secret
        }
        finally
        {
            question.AtOnce.Release();
        }
    }

    /// <summary>What is asked outside the cluster, of which only so much is under way at once, and what is known when it can't be asked.</summary>
    private sealed record Question(
        string Text, SemaphoreSlim AtOnce, Func<DateTimeOffset, CancellationToken, Task<CheckReading>> Read, Func<DateTimeOffset, string, CheckReading> Unknown);

    private sealed record QuestionKey(NamespacedName Request, string Question);

    /// <summary>A question that was asked, and what was known before its answer.</summary>
    private sealed record Asked(DateTimeOffset At, Task<CheckReading> Answer, CheckReading? Known);
}
