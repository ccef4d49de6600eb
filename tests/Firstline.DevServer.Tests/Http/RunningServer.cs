using Firstline.DevServer.Http;
using Xunit;

namespace Firstline.DevServer.Tests.Http;

/// <summary>One server for the tests of a class; each test uses names of its own.</summary>
public sealed class RunningServer : IAsyncLifetime
{
    internal DevApiServer Server { get; private set; } = null!;

    internal ApiClient Client { get; private set; } = null!;

    public async Task InitializeAsync()
    {
        Server = await DevApiServer.StartAsync(
            new DevServerOptions { Time = TimeProvider.System, Security = TransportSecurity.None, Users = [new DevUser("alice", ["firstline:approvers"])] }, CancellationToken.None);
        Client = new ApiClient(Server);
    }

    public async Task DisposeAsync()
    {
        Client.Dispose();
        await Server.DisposeAsync();
    }
}
