using Firstline.DevServer.Http;

namespace Firstline.DevServer.Tests.Kubectl;

/// <summary>The dev server, in this process.</summary>
public sealed class DevKubectlServer : KubectlServer
{
    private DevApiServer? _server;

    protected override string Absence => "the dev server did not start";

    protected override async Task<string?> StartAsync(string home)
    {
        _server = await DevApiServer.StartAsync(new DevServerOptions { Time = TimeProvider.System }, CancellationToken.None);
        return _server.WriteKubeconfig(Path.Combine(home, "config"));
    }

    protected override async Task StopAsync()
    {
        if (_server is not null)
        {
            await _server.DisposeAsync();
        }
    }
}
