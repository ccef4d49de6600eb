using System.Security.Cryptography.X509Certificates;
using System.Text;
using Firstline.Host;
using Firstline.Host.Options;
using Firstline.Kube;
using Firstline.Kube.Client;
using Microsoft.Extensions.Logging;

namespace Firstline.Benchmarks.Crashes;

/// <summary>An operator in this process, which reaches the API server through an address of its own. One that ends by itself is followed by another, as a kubelet would do.</summary>
internal sealed class Incarnation : IAsyncDisposable
{
    private static readonly TimeSpan BackOff = TimeSpan.FromMilliseconds(100);

    private readonly CancellationTokenSource _end = new();
    private readonly string _kubeconfig = Path.Combine(Path.GetTempPath(), $"firstline-crashes-{Guid.NewGuid():N}");
    private readonly Task _life;

    /// <param name="server">Where it takes the API server to be.</param>
    /// <param name="authority">What it trusts there; null where it is plain text.</param>
    /// <param name="token">What it shows there.</param>
    /// <param name="mode">Whether it competes for the lease.</param>
    /// <param name="clock">Its clock.</param>
    /// <param name="logs">Its log.</param>
    public Incarnation(Uri server, X509Certificate2? authority, string token, LeaderElectionMode mode, TimeProvider clock, ILoggerFactory logs)
    {
        string trusted = authority is null ? "" : $", \"certificate-authority-data\": \"{Convert.ToBase64String(Encoding.UTF8.GetBytes(authority.ExportCertificatePem()))}\"";
        File.WriteAllText(
            _kubeconfig,
            $$$"""
            {"apiVersion": "v1", "kind": "Config", "current-context": "c",
             "clusters": [{"name": "c", "cluster": {"server": "{{{server}}}"{{{trusted}}}}}],
             "users": [{"name": "c", "user": {"token": "{{{token}}}"}}],
             "contexts": [{"name": "c", "context": {"cluster": "c", "user": "c"}}]}
            """);
        OperatorOptions options = new()
        {
            Kubeconfig = _kubeconfig, Namespace = Theatre.OperatorNamespace, LeaderElection = mode, Health = new ListenerOptions(), StartupTimeout = TimeSpan.FromMinutes(10),
            Lease = new() { Duration = TimeSpan.FromSeconds(60), RenewDeadline = TimeSpan.FromSeconds(40), RetryPeriod = TimeSpan.FromSeconds(5) },
        };
        _life = Task.Run(() => LiveAsync(options, logs, clock));
    }

    /// <summary>Stops it in order, as far as it reaches the API server.</summary>
    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync();
        await _life;
        File.Delete(_kubeconfig);
        _end.Dispose();
    }

    private async Task LiveAsync(OperatorOptions options, ILoggerFactory logs, TimeProvider clock)
    {
        while (!_end.IsCancellationRequested)
        {
            try
            {
                await using FirstlineOperator started = await FirstlineOperator.StartAsync(options, logs, clock, _end.Token);
                await started.Completion.WaitAsync(_end.Token);
            }
            catch (OperationCanceledException) when (_end.IsCancellationRequested)
            {
                return;
            }
            catch (Exception e) when (e is OperatorStartException or TransientException or KubeException)
            {
                await Task.Delay(BackOff, _end.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }
}
