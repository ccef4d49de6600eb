using Firstline.DevServer.Http;
using Firstline.Kube.Tests.Scripted;

namespace Firstline.Kube.Tests.Servers;

/// <summary>Against the embedded API server.</summary>
public sealed class DevServerTests : ApiServerTests
{
    private protected override async Task<TestCluster> ConnectAsync()
    {
        DevApiServer server = await DevApiServer.StartAsync(new DevServerOptions { Time = TimeProvider.System }, Patience.Token);
        string kubeconfig = server.WriteKubeconfig(Path.Combine(Path.GetTempPath(), $"{Guid.NewGuid():N}.kubeconfig"));
        TestCluster cluster = await TestCluster.ConnectAsync(kubeconfig, server);
        File.Delete(kubeconfig);
        return cluster;
    }
}
