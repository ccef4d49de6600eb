using System.Net.Http.Headers;
using Firstline.DevServer.Http;

namespace Firstline.DevServer.Tests.Conformance;

/// <summary>The dev server, in this process.</summary>
public sealed class DevConformanceServer : ConformanceServer
{
    private DevApiServer? _server;

    protected override string Absence => "the dev server did not start";

    protected override async Task<HttpClient?> ConnectAsync()
    {
        _server = await DevApiServer.StartAsync(new DevServerOptions { Time = TimeProvider.System, Security = TransportSecurity.None }, CancellationToken.None);
        HttpClient http = new() { BaseAddress = _server.Url };
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", _server.Users[0].Token);
        return http;
    }

    protected override async Task StopAsync() => await _server!.DisposeAsync();
}
