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
    private readonly Lock _gate = new();
    private ImmutableDictionary<(NamespacedName Request, string Question), Asked> _asked = ImmutableDictionary<(NamespacedName, string), Asked>.Empty;
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
            .. spec.Metrics.Select(m => (CheckNames.Of(m), Ask(new((key, m.Query), isBefore, async (at, ct) => new CheckReading.OfMetric(at, await _metrics.QueryAsync(m.Query, ct)), static (at, why) => new CheckReading.OfMetric(at, new MetricAnswer.Unknown(why)))))),
            .. spec.Probes.Select(p => (CheckNames.Of(p), Ask(new((key, p.Destination), isBefore, async (at, ct) => new CheckReading.OfProbe(at, await _probe.ProbeAsync(p.Destination, target, ct)), static (at, why) => new CheckReading.OfProbe(at, new ProbeAnswer.Unknown(why)))))),
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
    }

    private CheckReading.OfJobs? JobsOf(TargetRef target) => _jobs.HasSynced ? new CheckReading.OfJobs(_clock.GetUtcNow(), _jobs.ByIndex(ByNamespace, target.Namespace ?? "")) : null;

    private CheckReading? Ask(Question question)
    {
        DateTimeOffset now = _clock.GetUtcNow();
        lock (_gate)
        {
            Asked? before = _asked.GetValueOrDefault(question.Key);
            CheckReading? known = before switch
            {
                { Answer: { IsCompletedSuccessfully: true } answer } => answer.Result,
                { Answer: { IsFaulted: true, Exception.InnerException: var error }, At: var at } => question.Unknown(at, $"it could not be asked ({error?.GetType().Name})"),   // its words may hold a secret
                _ => before?.Known,
            };
            if (before is null || (before.Answer.IsCompleted && (now - before.At).Duration() >= (question.IsBefore ? AskAgainBefore : AskAgain)))
            {
                _asked = _asked.RemoveRange(_asked.Where(a => a.Value.Answer.IsCompleted && (now - a.Value.At).Duration() >= Forget).Select(static a => a.Key))
                    .SetItem(question.Key, new(now, AskedAt(question, now), known));
            }

            return known;
        }
    }

    private Task<CheckReading> AskedAt(Question question, DateTimeOffset now)
    {
        Task<CheckReading> answer = Task.Run(() => question.Read(now, _stop.Token), _stop.Token);
        if (question.IsBefore)
        {
            _ = answer.ContinueWith(_ => _onAnswer(question.Key.Request), _stop.Token, TaskContinuationOptions.NotOnCanceled, TaskScheduler.Default);
        }

        return answer;
    }

    /// <summary>What is asked outside the cluster for a request, and what is known when it can't be asked.</summary>
    private sealed record Question(
        (NamespacedName Request, string Text) Key, bool IsBefore, Func<DateTimeOffset, CancellationToken, Task<CheckReading>> Read, Func<DateTimeOffset, string, CheckReading> Unknown);

    /// <summary>A question that was asked, and what was known before its answer.</summary>
    private sealed record Asked(DateTimeOffset At, Task<CheckReading> Answer, CheckReading? Known);
}
