using System.Security.Cryptography.X509Certificates;
using System.Text;
using Firstline.Api.Meta;
using Firstline.Faults;
using Firstline.Kube.Client;
using Firstline.Kube.Config;
using Firstline.Kube.Tests.Scripted;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Server.Kestrel.Https;

namespace Firstline.Kube.Tests.Client;

/// <summary>Connections that die without a word, and credentials that change under them.</summary>
public sealed class ConnectionTests
{
    private static readonly NamespacedName A = new("shop", "a");

    private static KubeRequest Watch => new() { Verb = KubeVerb.Watch, Type = PodView.Type, Query = [new("watch", "true")] };

    [Fact]
    public async Task Silent_connection_is_found_dead_by_pings()
    {
        using X509Certificate2 certificate = TestCertificate.Create();
        await using ScriptedServer server = await ScriptedServer.StartAsync(listen => listen.UseHttps(certificate));
        await using Relay relay = new(server.Address);
        using KubeClient client = new(
            new ClusterAccess { Server = new UriBuilder(server.Address) { Port = relay.Port }.Uri, Authorities = () => [certificate] },
            TimeProvider.System,
            new KubeClientOptions { KeepAliveDelay = TimeSpan.FromSeconds(1), KeepAliveTimeout = TimeSpan.FromSeconds(1), MaxRetries = 0 });
        Task<Stream> opening = client.OpenAsync(Watch, Patience.Token);
        Exchange watch = await server.NextAsync();
        watch.Protocol.Should().Be("HTTP/2");
        await watch.SendAsync(ServerJson.Bookmark("10"));
        await using Stream stream = await opening;
        (await stream.ReadAsync(new byte[64 * 1024], Patience.Token)).Should().BePositive();
        relay.FallSilent();

        Func<Task> reading = async () => await stream.ReadExactlyAsync(new byte[1], Patience.Token);
        await reading.Should().ThrowAsync<IOException>("nobody closed the connection, but nobody answers the ping either");

        Task<KubeResponse> get = client.GetAsync(PodView.Type, A, Patience.Token);
        await (await server.NextAsync()).AnswerAsync(ServerJson.Pod("a", "1"));
        (await get).Key.Should().Be(A, "a new connection replaces the dead one");
    }

    [Fact]
    public async Task Answer_that_stops_halfway_breaks_after_the_request_timeout()
    {
        await using ScriptedServer server = await ScriptedServer.StartAsync();
        ManualTimeProvider clock = new();
        using KubeClient client = server.Client(clock);
        Task<Stream> opening = client.OpenAsync(new KubeRequest { Verb = KubeVerb.List, Type = PodView.Type }, Patience.Token);
        Exchange list = await server.NextAsync();
        await list.SendAsync("""{"items":[""");
        await using Stream stream = await opening;
        byte[] bytes = new byte[1024];
        int read = await stream.ReadAsync(bytes, Patience.Token);
        Encoding.UTF8.GetString(bytes, 0, read).Should().Be("""{"items":[""");

        Task<int> waiting = stream.ReadAsync(bytes, Patience.Token).AsTask();
        clock.Advance(await clock.TimerAsync(wait => wait == TimeSpan.FromSeconds(30)));
        await waiting.Invoking(w => w).Should().ThrowAsync<IOException>().WithMessage("the answer stopped halfway, and nothing came for 30 s");
    }

    [Fact]
    public async Task Silent_watch_is_left_to_whoever_watches()
    {
        await using ScriptedServer server = await ScriptedServer.StartAsync();
        ManualTimeProvider clock = new();
        using KubeClient client = server.Client(clock);
        Task<Stream> opening = client.OpenAsync(Watch, Patience.Token);
        Exchange watch = await server.NextAsync();
        await watch.SendAsync("\n");
        await using Stream stream = await opening;
        byte[] bytes = new byte[16];
        await stream.ReadExactlyAsync(bytes.AsMemory(0, 1), Patience.Token);
        Task<int> waiting = stream.ReadAsync(bytes, Patience.Token).AsTask();
        clock.Advance(TimeSpan.FromMinutes(5));
        await watch.SendAsync("x");

        (await waiting).Should().Be(1);
    }

    [Fact]
    public async Task Client_certificate_that_was_rotated_is_shown_on_a_new_connection()
    {
        using X509Certificate2 own = TestCertificate.Create();
        using X509Certificate2 first = TestCertificate.Create("first");
        using X509Certificate2 second = TestCertificate.Create("second");
        List<string?> shown = [];
        await using ScriptedServer server = await ScriptedServer.StartAsync(listen => listen.UseHttps(https =>
        {
            https.ServerCertificate = own;
            https.ClientCertificateMode = ClientCertificateMode.RequireCertificate;
            https.ClientCertificateValidation = (certificate, _, _) =>
            {
                shown.Add(certificate.Subject);
                return true;
            };
        }));
        Credential current = new() { Certificate = first };
        using KubeClient client = new(
            new ClusterAccess { Server = server.Address, Authorities = () => [own], Credentials = new CertificateCredentials(() => current) }, TimeProvider.System);
        await GetAsync(server, client);
        await GetAsync(server, client);
        current = new() { Certificate = second };
        await GetAsync(server, client);

        shown.Should().Equal("CN=first", "CN=second");
    }

    [Fact]
    public async Task Request_that_got_its_certificate_before_a_rotation_and_comes_after_it_ends_none_that_is_under_way()
    {
        using X509Certificate2 own = TestCertificate.Create();
        using X509Certificate2 first = TestCertificate.Create("first");
        using X509Certificate2 second = TestCertificate.Create("second");
        await using ScriptedServer server = await ScriptedServer.StartAsync(listen => listen.UseHttps(https =>
        {
            https.ServerCertificate = own;
            https.ClientCertificateMode = ClientCertificateMode.RequireCertificate;
            https.ClientCertificateValidation = (_, _, _) => true;
        }));
        Credential before = new() { Certificate = first };
        Credential after = new() { Certificate = second };
        Credential current = before;
        using KubeClient client = new(
            new ClusterAccess { Server = server.Address, Authorities = () => [own], Credentials = new CertificateCredentials(() => current) }, TimeProvider.System,
            new KubeClientOptions { MaxRetries = 0 });
        Task<KubeResponse> slow = client.GetAsync(PodView.Type, A, Patience.Token);
        Exchange underWay = await server.NextAsync();

        foreach (Credential credential in new[] { after, before, after })
        {
            current = credential;
            await GetAsync(server, client);
        }

        await underWay.AnswerAsync(ServerJson.Pod("a", "7"));
        (await slow).Header.ResourceVersion.Should().Be("7", "there was one rotation, and what was sent before it goes on until the next");
    }

    [Fact]
    public async Task Authority_that_was_rotated_is_trusted_at_the_next_connection()
    {
        using X509Certificate2 own = TestCertificate.Create();
        using X509Certificate2 other = TestCertificate.Create();
        await using ScriptedServer server = await ScriptedServer.StartAsync(listen => listen.UseHttps(own));
        X509Certificate2 trusted = other;
        using KubeClient client = new(
            new ClusterAccess { Server = server.Address, Authorities = () => [trusted] }, TimeProvider.System, new KubeClientOptions { MaxRetries = 0 });
        Func<Task> refused = () => client.GetAsync(PodView.Type, A, Patience.Token);
        await refused.Should().ThrowAsync<KubeException>().WithMessage("*whose TLS certificate is not accepted*");
        trusted = own;

        await GetAsync(server, client);
    }

    private static async Task GetAsync(ScriptedServer server, KubeClient client)
    {
        Task<KubeResponse> get = client.GetAsync(PodView.Type, A, Patience.Token);
        await (await server.NextAsync()).AnswerAsync(ServerJson.Pod("a", "1"));
        await get;
    }
}
