using System.Collections.Immutable;
using Firstline.Api.Meta;
using Firstline.Api.V1Alpha1;
using Firstline.Controllers.Observation;
using Firstline.Core.Facts;
using Firstline.Core.Signals;
using Firstline.Kube.Client;
using Firstline.Kube.Informers;
using Firstline.Kube.Queue;
using Firstline.Kube.Runtime;
using Microsoft.Extensions.Logging;

namespace Firstline.Controllers.Detection;

/// <summary>Looks into the logs of workloads whose pods seem healthy, since an application that serves nothing but errors shows it nowhere else.</summary>
/// <remarks>
/// Bounded: one pod of a workload in each <see cref="OperatorOptions.LogSurveyPeriod"/>, its last <see cref="Lines"/> lines of each of at most <see cref="MaxContainers"/> containers, at the
/// rate of <see cref="LogSurveyPace"/>. <see cref="LogSurveyScope"/> leaves out Jobs, paused and protected namespaces; what starts or crashes is left to other detectors. Only what kinds of
/// trouble the lines tell is kept, with one line each.
/// </remarks>
public sealed partial class LogSurveyController : IController, IDisposable
{
    /// <summary>Lines that are read of each container.</summary>
    public const int Lines = 100;

    private const int MaxContainers = 3;
    private const int Workers = 2;

    // How long what a log told is kept while it can't be read.
    private const int PeriodsKept = 3;

    // Below the loop's own limit, which ends a look and tells nobody what it was for.
    private static readonly TimeSpan LongestLook = TimeSpan.FromMinutes(1);

    private readonly ClusterCache _cache;
    private readonly RootFinder _roots;
    private readonly ISituationSource _situations;
    private readonly Informer<RemediationPolicy> _policies;
    private readonly IKubeClient _client;
    private readonly OperatorOptions _options;
    private readonly TimeProvider _clock;
    private readonly ILogger _log;
    private readonly Action<TargetRef> _judge;
    private readonly WorkQueue<TargetRef> _queue;
    private readonly WorkLoop<TargetRef> _loop;
    private LogSurveyPace _pace;

    /// <param name="cache">Where pods are seen; call it before the informers are started.</param>
    /// <param name="situations">Gathers what belongs to a workload.</param>
    /// <param name="roots">Finds the workload of a pod.</param>
    /// <param name="policies">Name the namespaces that are protected.</param>
    /// <param name="client">Reads logs.</param>
    /// <param name="judge">Called with a workload whose logs told something new.</param>
    /// <param name="options">The period.</param>
    /// <param name="clock">Source of time.</param>
    /// <param name="log">Where to log.</param>
    public LogSurveyController(
        ClusterCache cache, ISituationSource situations, RootFinder roots, Informer<RemediationPolicy> policies, IKubeClient client, Action<TargetRef> judge, OperatorOptions options,
        TimeProvider clock, ILogger<LogSurveyController> log)
    {
        ArgumentNullException.ThrowIfNull(cache);
        ArgumentNullException.ThrowIfNull(options);
        (_cache, _situations, _roots, _policies, _client, _judge, _options, _clock, _log) = (cache, situations, roots, policies, client, judge, options, clock, log);
        _pace = new(options.LogSurveyPeriod, clock.GetUtcNow());
        _queue = new WorkQueue<TargetRef>(Name, clock);
        _loop = new WorkLoop<TargetRef>(Name, "target", _queue, LookAsync, new ControllerOptions { Workers = Workers }, clock, log);
        cache.Pods.AddHandler(change => Saw(change.New));
    }

    /// <inheritdoc/>
    public string Name => "logs";

    /// <inheritdoc/>
    public QueueLoad Load => _queue.Load;

    /// <inheritdoc/>
    public Task RunAsync(CancellationToken stopTaking, CancellationToken abort)
    {
        _pace = new(_options.LogSurveyPeriod, _clock.GetUtcNow());   // who takes over has waited with all keys in its queue
        return _loop.RunAsync(stopTaking, abort);
    }

    /// <inheritdoc/>
    public void Dispose() => _queue.Dispose();

    private void Saw(PodFacts? pod)
    {
        if (pod is { IsReady: true })
        {
            _queue.Add(DetectionController.Nearest(pod.Ref, pod.Controller) with { Uid = null });
        }
    }

    private async Task<ReconcileResult> LookAsync(TargetRef key, CancellationToken ct)
    {
        TargetRef root = _roots.Find(key) with { Uid = null };
        if (root != key)
        {
            _queue.Add(root);
            return ReconcileResult.Done;
        }

        if (_situations.Observe(root) is not { IsBatch: false } situation || situation.Pods.Where(static p => p.IsReady).MaxBy(static p => p.CreatedAt) is not { } pod)
        {
            _cache.Logs.Forget(root);
            _pace.Forget(root);
            return ReconcileResult.Done;
        }

        // What is known of a namespace that was paused since stays as it is: nothing is over because nobody looks.
        bool isIncluded = LogSurveyScope.Includes(situation, _policies.List(), _options.Namespace);
        ImmutableArray<string> containers = Readable(pod);
        TimeSpan wait = isIncluded ? _pace.Wait(root, containers.Length, _clock.GetUtcNow()) : _options.LogSurveyPeriod;
        if (wait > TimeSpan.Zero)
        {
            return new(wait);   // promised already, where it came for another reason; of several the earliest counts
        }

        await ReadAsync(root, pod, containers, ct);
        return new(_options.LogSurveyPeriod);
    }

    private async Task ReadAsync(TargetRef root, PodFacts pod, ImmutableArray<string> containers, CancellationToken ct)
    {
        LogSurveyFacts? before = _cache.Logs.Of(root);
        ImmutableArray<LogSign> signs;
        TimeSpan longest = _options.LogSurveyPeriod < LongestLook ? _options.LogSurveyPeriod : LongestLook;
        using CancellationTokenSource limit = new(longest, _clock);
        using CancellationTokenSource either = CancellationTokenSource.CreateLinkedTokenSource(ct, limit.Token);
        try
        {
            signs = await SignsAsync(pod, containers, either.Token);
        }
        catch (KubeException e)
        {
            Unread(root, e.Message);
            return;
        }
        catch (OperationCanceledException) when (!ct.IsCancellationRequested)
        {
            Unread(root, $"no answer came within {longest}");
            return;
        }

        DateTimeOffset now = _clock.GetUtcNow();
        _cache.Logs.Keep(new() { Subject = root, Labels = pod.Labels, Node = pod.NodeName, At = now, Since = now, Signs = signs });
        if (!signs.IsEmpty || before is { Signs.IsEmpty: false })
        {
            _judge(root);
        }
    }

    // What was read before the log could not be read any more tells nothing of now.
    private void Unread(TargetRef root, string reason)
    {
        LogUnread(root, reason);
        if (_cache.Logs.Of(root) is { } before && _clock.GetUtcNow() - before.At > _options.LogSurveyPeriod * PeriodsKept)
        {
            _cache.Logs.Forget(root);
            _judge(root);
        }
    }

    private static ImmutableArray<string> Readable(PodFacts pod) =>
        [.. pod.Containers.Where(static c => c is { Role: not ContainerRole.Init, State: ContainerState.Running }).Take(MaxContainers).Select(static c => c.Name)];

    private async Task<ImmutableArray<LogSign>> SignsAsync(PodFacts pod, ImmutableArray<string> containers, CancellationToken ct)
    {
        List<LogSign> signs = [];
        foreach (string container in containers)
        {
            string text = await _client.ReadLogAsync(new NamespacedName(pod.Ref.Namespace ?? "", pod.Ref.Name), new() { Container = container, TailLines = Lines }, ct);
            signs.AddRange(LogSigns.Of([.. text.Split('\n', StringSplitOptions.RemoveEmptyEntries)]));
        }

        return [.. signs.OrderBy(static s => s.Kind)];
    }

    [LoggerMessage(2021, LogLevel.Information, "{Target}: its logs are looked at later: {Reason}")]
    private partial void LogUnread(TargetRef target, string reason);
}
