using System.Collections.Immutable;
using System.Text.Json.Nodes;
using Firstline.Cli.Cluster;
using Firstline.Host;
using Firstline.Host.Configuration;
using Firstline.Host.Options;
using Firstline.Kube.Client;
using Firstline.Kube.Config;
using Firstline.Testing;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Xunit;

namespace Firstline.EndToEnd.Tests.RealServer;

/// <summary>
/// A real API server on which Firstline is installed as its users install it, and the operator logged in as its own ServiceAccount, with no right but
/// those of config/rbac. Nothing where <see cref="Variable"/> is not set: the tests skip.
/// </summary>
public class RealServerFixture : IAsyncLifetime
{
    /// <summary>User name of the operator.</summary>
    public const string OperatorUser = "system:serviceaccount:firstline-system:firstline-operator";

    private const string Variable = "FIRSTLINE_TEST_KUBECONFIG";

    /// <summary>A policy under which what is trusted runs by itself.</summary>
    internal const string Auto =
        """
        apiVersion: firstline.dev/v1alpha1
        kind: RemediationPolicy
        metadata: {name: default}
        spec:
          maxMode: Auto
          limits: {cooldown: 10s, maxPerHour: 1000}
          approvals: {allowUnverified: false, expiry: 1h}
        """;

    private readonly string? _kubeconfig = KubeconfigGiven;
    private readonly string _login = Path.Combine(Path.GetTempPath(), $"firstline-{Guid.NewGuid():n}.kubeconfig");
    private FirstlineOperator? _operator;
    private OperatorOptions? _options;

    /// <summary>What the operator may do.</summary>
    private protected virtual string Policy => Auto;

    private protected virtual ILoggerFactory Logs => NullLoggerFactory.Instance;

    /// <summary>The namespaces that the operator is limited to; empty for all.</summary>
    internal ImmutableArray<string> Namespaces => _options!.Namespaces;

    /// <summary>When the operator began to ask.</summary>
    internal DateTimeOffset Began { get; private set; }

    /// <summary>Where the operator sends its traces.</summary>
    internal TraceCollector? Traces { get; private set; }

    /// <summary>The administrator's kubeconfig; null where no server is given.</summary>
    internal static string? KubeconfigGiven { get; } = Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } given ? given : null;

    /// <summary>Why a test is skipped where no server is given.</summary>
    internal static string Missing => $"{Variable} is not set: point it to the kubeconfig of a scratch API server, whose objects these tests change and remove";

    /// <summary>True where a server is given.</summary>
    internal bool IsThere => _kubeconfig is not null;

    /// <summary>The administrator's kubeconfig.</summary>
    internal string Kubeconfig => _kubeconfig!;

    internal AuditLog Audit => new(Kubeconfig, OperatorUser);

    internal ClusterAccess Access => KubeConfig.Load(new KubeConfigOptions { Path = Kubeconfig, Clock = TimeProvider.System });

    /// <summary>The operator's own way to the server: its ServiceAccount.</summary>
    internal ClusterAccess OperatorAccess => KubeConfig.Load(new KubeConfigOptions { Path = _login, Clock = TimeProvider.System });

    internal KubeClient Connect() => new(Access, TimeProvider.System, ClusterClient.Options);

    /// <summary>True where controllers and kubelets run beside the server: then nothing is simulated, and what runs there is real.</summary>
    internal bool HasControllers { get; private set; }

    /// <summary>Skips the test where no server is given, or one whose controllers would meddle with a simulated cluster.</summary>
    internal void Require()
    {
        RequireAny();
        Skip.If(HasControllers, "controllers run beside this server and would meddle with the simulated cluster that this test plays on");
    }

    /// <summary>Skips the test where no server is given.</summary>
    internal void RequireAny() => Skip.IfNot(IsThere, Missing);

    public async Task InitializeAsync()
    {
        if (!IsThere)
        {
            return;
        }

        Kubectl kubectl = new(Kubeconfig, "firstline-system");
        HasControllers = (await kubectl.RunAsync("get configmap kube-root-ca.crt --namespace=default --ignore-not-found -o name")).Length > 0;
        Traces = new TraceCollector();
        await InstallAndStartAsync();
    }

    /// <summary>Installs Firstline as its users do, with its policy, and starts the operator that is installed.</summary>
    internal async Task InstallAndStartAsync()
    {
        Kubectl kubectl = new(Kubeconfig, "firstline-system");
        await InstallAsync(kubectl);
        await kubectl.RunAsync("apply --server-side --force-conflicts -f -", Policy);
        await kubectl.RunAsync("delete lease firstline-operator --ignore-not-found");
        await OperatorLogin.WriteAsync(kubectl, _login);
        Began = TimeProvider.System.GetUtcNow();
        _options = await InstalledAsync(kubectl) with { TracesEndpoint = Traces!.Address, Kubeconfig = _login, Health = new ListenerOptions(), StartupTimeout = TimeSpan.FromSeconds(30) };
        _operator = await FirstlineOperator.StartAsync(_options, Logs, TimeProvider.System, CancellationToken.None);
    }

    /// <summary>A second operator, which waits for the Lease of the first.</summary>
    internal Task<FirstlineOperator> StartStandbyAsync() => FirstlineOperator.StartAsync(_options!, Logs, TimeProvider.System, CancellationToken.None);

    /// <summary>Installs Firstline as its users do.</summary>
    private protected virtual async Task InstallAsync(Kubectl kubectl)
    {
        await kubectl.RunAsync($"apply --server-side --force-conflicts -k {Checkout.Folder}/config/default");
        await kubectl.RunAsync("wait --for=condition=Established --timeout=30s crd -l app.kubernetes.io/part-of=firstline");
    }

    // As the installed Deployment says by its arguments; the file that it names is in a volume.
    private static async Task<OperatorOptions> InstalledAsync(Kubectl kubectl)
    {
        JsonNode args = JsonNode.Parse(await kubectl.RunAsync("get deployment firstline-operator -o jsonpath={.spec.template.spec.containers[0].args}"))!;
        return OptionLayers.Of([.. args.AsArray().Select(static a => (string)a!).Where(static a => !a.StartsWith("--config=", StringComparison.Ordinal))], static _ => null).Load();
    }

    /// <summary>Ends the operator, once; for a test that goes on without it.</summary>
    internal async Task StopOperatorAsync()
    {
        (FirstlineOperator? running, _operator) = (_operator, null);
        if (running is not null)
        {
            await running.DisposeAsync();
        }
    }

    public virtual async Task DisposeAsync()
    {
        if (!IsThere)
        {
            return;
        }

        await StopOperatorAsync();
        await new Kubectl(Kubeconfig, "").RunAsync("delete remediationpolicy default --ignore-not-found");
        if (Traces is not null)
        {
            await Traces.DisposeAsync();
        }

        File.Delete(_login);
    }
}
