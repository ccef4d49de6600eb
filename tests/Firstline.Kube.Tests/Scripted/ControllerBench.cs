using System.Threading.Channels;
using Firstline.Api.Meta;
using Firstline.Kube.Informers;
using Firstline.Kube.Runtime;
using Microsoft.Extensions.Logging.Abstractions;

namespace Firstline.Kube.Tests.Scripted;

/// <summary>A running controller of pods whose reconciler is a test's lambda; each run is in a channel.</summary>
internal sealed class ControllerBench : IAsyncDisposable, IReconciler<PodView>
{
    private readonly Channel<PodView> _runs = Channel.CreateUnbounded<PodView>();
    private readonly CancellationTokenSource _stop = new();
    private readonly CancellationTokenSource _abort = new();
    private readonly Func<PodView, CancellationToken, Task<ReconcileResult>> _reconcile;
    private Task _running = Task.CompletedTask;

    private ControllerBench(InformerBench bench, Func<PodView, CancellationToken, Task<ReconcileResult>> reconcile, Func<ResourceChange<PodView>, bool>? filter)
    {
        (Bench, _reconcile) = (bench, reconcile);
        Controller = new Controller<PodView>(
            $"pods-{Guid.NewGuid():N}", bench.Informer, bench.Informers, this, bench.Clock, NullLoggerFactory.Instance, new ControllerOptions { Workers = 2 }, filter);
    }

    public InformerBench Bench { get; }

    public Controller<PodView> Controller { get; }

    public List<NamespacedName> Deleted { get; } = [];

    /// <summary>The watch that follows the first list.</summary>
    public Exchange Watch { get; private set; } = null!;

    public static async Task<ControllerBench> StartAsync(
        Func<PodView, CancellationToken, Task<ReconcileResult>> reconcile, Func<ResourceChange<PodView>, bool>? filter = null, params string[] pods)
    {
        ControllerBench bench = new(await InformerBench.StartAsync(), reconcile, filter);
        bench.Watch = await bench.Bench.ListedAsync("10", pods);
        bench._running = bench.Controller.RunAsync(bench._stop.Token, bench._abort.Token);
        return bench;
    }

    /// <summary>The object of the next run.</summary>
    public async Task<PodView> RunAsync() => await _runs.Reader.ReadAsync(Patience.Token);

    public bool HasNoRun => !_runs.Reader.TryPeek(out _);

    public Task StopAsync()
    {
        _stop.Cancel();
        return _running;
    }

    Task<ReconcileResult> IReconciler<PodView>.ReconcileAsync(PodView resource, CancellationToken ct)
    {
        _runs.Writer.TryWrite(resource);
        return _reconcile(resource, ct);
    }

    Task IReconciler<PodView>.DeletedAsync(NamespacedName key, CancellationToken ct)
    {
        Deleted.Add(key);
        _runs.Writer.TryWrite(new PodView { Metadata = new ObjectMeta { Name = "deleted " + key.Name } });
        return Task.CompletedTask;
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _abort.CancelAsync();
        await _running.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await Bench.DisposeAsync();
        Controller.Dispose();
        _stop.Dispose();
        _abort.Dispose();
    }
}
