using System.Net.Security;
using System.Security.Cryptography.X509Certificates;
using Firstline.Cli.Cluster;
using Firstline.DevServer.Http;
using Firstline.DevServer.Simulation;
using Firstline.Host;
using Firstline.Host.Options;
using Firstline.Kube.Client;
using Firstline.Kube.Config;

namespace Firstline.Cli.Development;

/// <summary>An API server, a simulated cluster and the operator, side by side in this process; they talk to each other by HTTP only.</summary>
internal sealed class DevEnvironment : IAsyncDisposable
{
    /// <summary>Where the operator's runbooks are.</summary>
    public const string OperatorNamespace = "firstline-system";

    private readonly DevFolder _folder;
    private readonly DevApiServer _server;
    private readonly ILoggerFactory _logs;
    private readonly TimeProvider _clock;
    private ClusterSimulation? _simulation;
    private FirstlineOperator? _operator;

    private DevEnvironment(DevFolder folder, DevApiServer server, ILoggerFactory logs, TimeProvider clock)
    {
        (_folder, _server, _logs, _clock) = (folder, server, logs, clock);
        Client = ClientOf(DevUser.Admin.Name);
    }

    /// <summary>The API server.</summary>
    public Uri Server => _server.Url;

    /// <summary>A connection as admin.</summary>
    public KubeClient Client { get; }

    public string Kubeconfig => _folder.Kubeconfig;

    public string LogFile => _folder.Log;

    public string TokenFile => _folder.Token;

    public string WebhookToken => File.ReadAllText(_folder.Token);

    public Uri? HealthAddress => _operator?.HealthAddress;

    public Uri? WebhookAddress => _operator?.WebhookAddress;

    /// <summary>Starts the parts that the options ask for, each when the one before is ready.</summary>
    /// <exception cref="CommandException">The port or the folder cannot be used.</exception>
    public static async Task<DevEnvironment> StartAsync(DevOptions options, DevFolder folder, ILoggerFactory logs, TimeProvider clock, CancellationToken ct)
    {
        DevEnvironment environment = new(folder, await StartServerAsync(options, folder, clock, ct), logs, clock);
        try
        {
            await environment.BeginAsync(options, ct);
            return environment;
        }
        catch
        {
            await environment.DisposeAsync();
            throw;
        }
    }

    /// <summary>A connection as one of <see cref="DevOptions.People"/>. However fast the clock of the cluster is, it waits for answers by that of the world.</summary>
    public KubeClient ClientOf(string user) =>
        new(KubeConfig.Load(new KubeConfigOptions { Path = Kubeconfig, Context = user, Clock = TimeProvider.System }), TimeProvider.System, ClusterClient.Options);

    /// <summary>Runs until <paramref name="ct"/> is cancelled or the operator fails.</summary>
    public async Task RunAsync(CancellationToken ct) => await (_operator?.Completion ?? Task.Delay(Timeout.Infinite, ct)).WaitAsync(ct);

    public async ValueTask DisposeAsync()
    {
        if (_operator is not null)
        {
            await _operator.DisposeAsync();
        }

        if (_simulation is not null)
        {
            await _simulation.DisposeAsync();
        }

        Client.Dispose();
        await _server.DisposeAsync();
    }

    private static async Task<DevApiServer> StartServerAsync(DevOptions options, DevFolder folder, TimeProvider clock, CancellationToken ct)
    {
        DevServerOptions how = new()
        {
            Port = options.Port, PersistenceFolder = folder.Objects, CredentialsFolder = folder.Credentials, Time = clock,
            Users = [.. DevOptions.People.Select(static name => new DevUser(name, ["firstline:approvers"]))],
        };
        DevApiServer? server = null;
        try
        {
            server = await DevApiServer.StartAsync(how, ct);
            server.WriteKubeconfig(folder.Kubeconfig);
            return server;
        }
        catch (DevServerException e)
        {
            throw new CommandException(e.Message, e);
        }
        catch when (server is not null)
        {
            await server.DisposeAsync();
            throw;
        }
    }

    private async Task BeginAsync(DevOptions options, CancellationToken ct)
    {
        await new Seed(Client, TimeProvider.System).PlantAsync(OperatorNamespace, options.Simulation == Part.On ? options.Speed : 1, ct);
        if (options.Simulation == Part.On)
        {
            _simulation = await ClusterSimulation.StartAsync(
                new SimulationOptions
                {
                    Server = Server, BearerToken = _server.Users[0].Token, Handler = Trusting(_server.AuthorityPem), Speed = options.Speed, Clock = _clock, Logs = _logs,
                },
                ct);
        }

        if (options.Operator == Part.On)
        {
            _operator = await FirstlineOperator.StartAsync(OperatorOptions(), _logs, _clock, ct);
        }
    }

    /// <summary>The options of an operator of this cluster.</summary>
    public OperatorOptions OperatorOptions() => new()
    {
        Kubeconfig = Kubeconfig,
        Namespace = OperatorNamespace,
        LeaderElection = LeaderElectionMode.Off,
        Health = new ListenerOptions(),
        Webhook = new WebhookOptions { Listener = new ListenerOptions(), TokenFile = TokenFile },
    };

    private static SocketsHttpHandler Trusting(string? authorityPem)
    {
        SocketsHttpHandler handler = new();
        if (authorityPem is not null)
        {
            X509ChainPolicy policy = new() { TrustMode = X509ChainTrustMode.CustomRootTrust, RevocationMode = X509RevocationMode.NoCheck };
            policy.CustomTrustStore.ImportFromPem(authorityPem);
            handler.SslOptions = new SslClientAuthenticationOptions { CertificateChainPolicy = policy };
        }

        return handler;
    }
}
