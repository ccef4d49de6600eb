using Firstline.Host;
using Firstline.Host.Options;
using Microsoft.Extensions.Logging;

namespace Firstline.Benchmarks.Crashes;

/// <summary>One life of an operator in this process, which reaches the API server through an address of its own.</summary>
internal sealed class Incarnation : IAsyncDisposable
{
    private readonly CancellationTokenSource _starting = new();
    private readonly string _kubeconfig = Path.Combine(Path.GetTempPath(), $"firstline-crashes-{Guid.NewGuid():N}");
    private readonly Task<FirstlineOperator?> _operator;

    /// <param name="server">Where it takes the API server to be.</param>
    /// <param name="token">What it shows there.</param>
    /// <param name="mode">Whether it competes for the lease.</param>
    /// <param name="clock">Its clock.</param>
    /// <param name="logs">Its log.</param>
    public Incarnation(Uri server, string token, LeaderElectionMode mode, TimeProvider clock, ILoggerFactory logs)
    {
        File.WriteAllText(
            _kubeconfig,
            $$$"""
            {"apiVersion": "v1", "kind": "Config", "current-context": "c",
             "clusters": [{"name": "c", "cluster": {"server": "{{{server}}}"}}],
             "users": [{"name": "c", "user": {"token": "{{{token}}}"}}],
             "contexts": [{"name": "c", "context": {"cluster": "c", "user": "c"}}]}
            """);
        OperatorOptions options = new()
        {
            Kubeconfig = _kubeconfig, Namespace = Theatre.OperatorNamespace, LeaderElection = mode, Health = new ListenerOptions(), StartupTimeout = TimeSpan.FromMinutes(10),
        };
        _operator = Task.Run(() => StartAsync(options, logs, clock));
    }

    /// <summary>Ends when it is dead and has left this process: nothing waits for that.</summary>
    public async ValueTask DisposeAsync()
    {
        await _starting.CancelAsync();
        if (await _operator is { } started)
        {
            await started.DisposeAsync();
        }

        File.Delete(_kubeconfig);
        _starting.Dispose();
    }

    // One that dies while it starts never was.
    private async Task<FirstlineOperator?> StartAsync(OperatorOptions options, ILoggerFactory logs, TimeProvider clock)
    {
        try
        {
            return await FirstlineOperator.StartAsync(options, logs, clock, _starting.Token);
        }
        catch (OperationCanceledException) when (_starting.IsCancellationRequested)
        {
            return null;
        }
    }
}
