using System.Text;
using Firstline.Api.Meta;
using Firstline.Kube.Client;
using Firstline.Kube.Config;
using Firstline.Kube.Tests.Scripted;

namespace Firstline.Kube.Tests.Servers;

/// <summary>A namespace of its own on the API server under test, removed at the end.</summary>
internal sealed class TestCluster : IAsyncDisposable
{
    private static readonly ResourceType Namespaces = new("", "v1", "Namespace", "namespaces", ResourceScope.Cluster);

    private readonly IAsyncDisposable? _server;

    private TestCluster(KubeClient client, string ns, IAsyncDisposable? server)
    {
        Client = client;
        Namespace = ns;
        _server = server;
    }

    public KubeClient Client { get; }

    public string Namespace { get; }

    /// <param name="kubeconfig">Path of the kubeconfig.</param>
    /// <param name="server">Server that ends with the test; null for one that stays.</param>
    public static async Task<TestCluster> ConnectAsync(string kubeconfig, IAsyncDisposable? server = null)
    {
        KubeClient client = new(KubeConfig.Load(new KubeConfigOptions { Path = kubeconfig, Clock = TimeProvider.System }), TimeProvider.System);
        string ns = $"kube-tests-{Guid.NewGuid():N}"[..24];
        await client.CreateAsync(Namespaces, "", Json(TestRun.Namespace(ns)), Patience.Token);
        return new TestCluster(client, ns, server);
    }

    public static ReadOnlyMemory<byte> Json(string json) => Encoding.UTF8.GetBytes(json);

    public NamespacedName Key(string name) => new(Namespace, name);

    /// <summary>Whether controllers and kubelets run beside the server: they make ConfigMaps of their own, and run pods.</summary>
    public async Task<bool> HasControllersAsync() =>
        await Client.FindAsync(ConfigMapView.Type, new("default", "kube-root-ca.crt"), TestJson.Default.ConfigMapView, Patience.Token) is not null;

    public async ValueTask DisposeAsync()
    {
        await Client.DeleteAsync(Namespaces, new("", Namespace), Patience.Token);
        Client.Dispose();
        if (_server is not null)
        {
            await _server.DisposeAsync();
        }
    }
}
