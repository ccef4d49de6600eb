using System.Collections.Immutable;
using System.Diagnostics;
using Firstline.Api.V1Alpha1;
using Firstline.Cli.Cluster;
using Firstline.Cli.Development;
using Firstline.DevServer.Http;
using Firstline.Host;
using Firstline.Host.Options;
using Firstline.Kube.Client;
using Firstline.Kube.Config;

namespace Firstline.Cli.Evaluation;

/// <summary>Runs one case: a fresh API server with its objects and logs, and the operator as in production until it is quiet.</summary>
internal static class CaseRun
{
    /// <summary>Runs the case.</summary>
    /// <param name="folder">The case.</param>
    /// <param name="scratch">Folder for files of the run.</param>
    /// <param name="logs">Where the operator logs.</param>
    /// <param name="ct">Stops it.</param>
    public static async Task<CaseResult> RunAsync(CaseFolder folder, string scratch, ILoggerFactory logs, CancellationToken ct)
    {
        EvaluationClock clock = new(DateTimeOffset.UtcNow);
        await using DevApiServer server = await DevApiServer.StartAsync(
            new DevServerOptions { Time = clock, Security = TransportSecurity.None, InitialObjects = [.. Library.Definitions, .. Library.Development] }, ct);
        string kubeconfig = server.WriteKubeconfig(Path.Combine(scratch, $"{folder.Name}.kubeconfig"));
        using (KubeClient loading = new(KubeConfig.Load(new KubeConfigOptions { Path = kubeconfig, Clock = TimeProvider.System }), TimeProvider.System, ClusterClient.Options))
        {
            await new CaseLoader(loading, clock).LoadAsync(folder, ct);   // by a clock that goes on, while the server's is put back for each object
        }

        using KubeClient client = new(KubeConfig.Load(new KubeConfigOptions { Path = kubeconfig, Clock = clock }), clock, ClusterClient.Options);
        Stopwatch watch = Stopwatch.StartNew();
        await using FirstlineOperator running = await FirstlineOperator.StartAsync(OptionsFor(kubeconfig), logs, clock, ct);
        ImmutableArray<Incident> incidents = await new QuietWatch(running, client, clock).UntilQuietAsync(ct);
        return CaseReport.Of(folder.Name, watch.ElapsedMilliseconds, incidents);
    }

    // The server is of this run alone, and the Secrets in it are the case's: their names may be seen.
    private static OperatorOptions OptionsFor(string kubeconfig) => new()
    {
        Kubeconfig = kubeconfig,
        Namespace = DevEnvironment.OperatorNamespace,
        ObserveSecretNames = true,
        LogSurveyPeriod = QuietWatch.Horizon / 2,   // each log is looked at well before the end
        LeaderElection = LeaderElectionMode.Off,
        Health = new ListenerOptions(),
        StartupTimeout = TimeSpan.FromSeconds(10),
    };
}
