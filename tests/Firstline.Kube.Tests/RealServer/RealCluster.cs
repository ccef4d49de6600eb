using System.Text;
using Firstline.Api.Meta;
using Firstline.Kube.Client;
using Firstline.Kube.Config;

namespace Firstline.Kube.Tests.RealServer;

/// <summary>A namespace of its own on the API server under test, removed at the end.</summary>
internal sealed class RealCluster : IAsyncDisposable
{
    private static readonly ResourceType Namespaces = new("", "v1", "Namespace", "namespaces", ResourceScope.Cluster);

    private RealCluster(KubeClient client, string ns)
    {
        Client = client;
        Namespace = ns;
    }

    public KubeClient Client { get; }

    public string Namespace { get; }

    public static async Task<RealCluster> ConnectAsync()
    {
        KubeClient client = new(KubeConfig.Load(new KubeConfigOptions { Path = RealServerFactAttribute.Kubeconfig }));
        string ns = $"kube-tests-{Guid.NewGuid():N}"[..24];
        await client.CreateAsync(Namespaces, "", Json($$$"""{"apiVersion":"v1","kind":"Namespace","metadata":{"name":"{{{ns}}}"}}"""), Scripted.Patience.Token);
        return new RealCluster(client, ns);
    }

    public static ReadOnlyMemory<byte> Json(string json) => Encoding.UTF8.GetBytes(json);

    public NamespacedName Key(string name) => new(Namespace, name);

    public async ValueTask DisposeAsync()
    {
        await Client.DeleteAsync(Namespaces, new("", Namespace), Scripted.Patience.Token);
        Client.Dispose();
    }
}
