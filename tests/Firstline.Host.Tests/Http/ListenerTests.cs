using System.Collections.Immutable;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Firstline.Host.Http;
using Firstline.Host.Options;
using Firstline.Testing;
using FluentAssertions;
using Microsoft.Extensions.Logging.Abstractions;
using Xunit;

namespace Firstline.Host.Tests.Http;

public sealed class ListenerTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private static readonly ImmutableArray<HttpRoute> Routes =
    [
        new("GET", "/a", static context => context.AnswerAsync(200, "hello")),
        new("POST", "/b", static context => context.AnswerAsync(200, "thanks")),
    ];

    [Theory]
    [InlineData("a served path", "GET", "/a", HttpStatusCode.OK, "hello")]
    [InlineData("its head", "HEAD", "/a", HttpStatusCode.OK, "")]
    [InlineData("another path", "GET", "/c", HttpStatusCode.NotFound, "there is nothing at this path; served are: GET /a, POST /b\n")]
    [InlineData("another method", "GET", "/b", HttpStatusCode.MethodNotAllowed, "/b takes POST\n")]
    public async Task StartAsync_serves_the_routes_and_nothing_else(string situation, string method, string path, HttpStatusCode status, string text)
    {
        await using Listener listener = await StartAsync(new ListenerOptions());
        using HttpClient client = new() { BaseAddress = listener.Address };
        using HttpRequestMessage request = new(new HttpMethod(method), path);

        using HttpResponseMessage response = await client.SendAsync(request);

        response.StatusCode.Should().Be(status, situation);
        (await response.Content.ReadAsStringAsync()).Should().Be(text);
        response.Headers.Contains("Server").Should().BeFalse();
    }

    [Fact]
    public async Task StartAsync_names_the_port_in_use_and_the_option_to_change()
    {
        await using Listener first = await StartAsync(new ListenerOptions());
        ListenerOptions same = new() { Port = first.Address.Port, Option = "--webhook" };

        Func<Task> second = () => StartAsync(same);

        (await second.Should().ThrowAsync<OperatorStartException>()).WithMessage(
            $"port {same.Port} of 127.0.0.1 is in use by another program: choose another with --webhook-port");
    }

    [Fact]
    public async Task StartAsync_says_that_an_address_is_not_this_machines_and_leaves_nothing_open()
    {
        ListenerOptions elsewhere = new() { Address = IPAddress.Parse("192.0.2.1"), Option = "--webhook" };

        (await FluentActions.Awaiting(() => StartAsync(elsewhere)).Should().ThrowAsync<OperatorStartException>()).WithMessage(
            "192.0.2.1 is no address of this machine: choose another with --webhook-address");
    }

    [Fact]
    public void A_port_that_may_not_be_opened_is_named_with_the_option_to_change() =>
        Listener.Problem(new ListenerOptions { Port = 80, Option = "--health" }, new SocketException((int)SocketError.AccessDenied)).Should().Be(
            "port 80 of 127.0.0.1 may not be opened by this user: choose one above 1023 with --health-port");

    [Fact]
    public async Task DisposeAsync_lets_a_request_in_work_have_its_answer()
    {
        TaskCompletionSource entered = new(TaskCreationOptions.RunContinuationsAsynchronously);
        TaskCompletionSource stored = new(TaskCreationOptions.RunContinuationsAsynchronously);
        HttpRoute slow = new("POST", "/slow", async context =>
        {
            entered.SetResult();
            await stored.Task.WaitAsync(context.RequestAborted);
            await context.AnswerAsync(202, "stored");
        });
        Listener listener = await Listener.StartAsync(new ListenerOptions(), [slow], 1024, TimeProvider.System, NullLoggerFactory.Instance, CancellationToken.None);
        using HttpClient client = new() { BaseAddress = listener.Address };
        Task<HttpResponseMessage> posted = client.PostAsync("/slow", null);
        await entered.Task.WaitAsync(Patience);

        Task stopping = listener.DisposeAsync().AsTask();
        stored.SetResult();

        using HttpResponseMessage response = await posted;
        response.StatusCode.Should().Be(HttpStatusCode.Accepted);
        await stopping.WaitAsync(Patience);
    }

    [Fact]
    public async Task DisposeAsync_waits_for_a_request_in_work_no_longer_than_the_pod_may_take_to_stop()
    {
        TaskCompletionSource entered = new(TaskCreationOptions.RunContinuationsAsynchronously);
        HttpRoute endless = new("POST", "/endless", async context =>
        {
            entered.SetResult();
            await Task.Delay(Timeout.Infinite, context.RequestAborted);
        });
        ManualTimeProvider clock = new();
        Listener listener = await Listener.StartAsync(new ListenerOptions(), [endless], 1024, clock, NullLoggerFactory.Instance, CancellationToken.None);
        using HttpClient client = new() { BaseAddress = listener.Address };
        Task<HttpResponseMessage> posted = client.PostAsync("/endless", null);
        await entered.Task.WaitAsync(Patience);

        Task stopping = listener.DisposeAsync().AsTask();
        stopping.IsCompleted.Should().BeFalse();
        clock.Advance(Listener.LastAnswers);

        await stopping.WaitAsync(Patience);
        await posted.Invoking(static p => p).Should().ThrowAsync<HttpRequestException>();
    }

    [Fact]
    public async Task StartAsync_serves_tls_from_pem_files_and_takes_a_renewed_certificate_without_a_restart()
    {
        using TemporaryFolder folder = new();
        (string certificate, string key) = (folder.File("tls.crt"), folder.File("tls.key"));
        WriteCertificate(certificate, key, "first");
        ManualTimeProvider clock = new();
        await using Listener listener = await StartAsync(new ListenerOptions { TlsCertificateFile = certificate, TlsKeyFile = key }, clock);

        string before = await SubjectAsync(listener.Address);
        File.WriteAllText(certificate, "half of a rotation");
        clock.Advance(TimeSpan.FromSeconds(10));
        string between = await SubjectAsync(listener.Address);
        WriteCertificate(certificate, key, "other");
        clock.Advance(TimeSpan.FromSeconds(10));
        string after = await SubjectAsync(listener.Address);

        (before, between, after).Should().Be(("CN=first", "CN=first", "CN=other"));
    }

    [Fact]
    public async Task StartAsync_sends_the_whole_chain_so_that_who_trusts_the_root_alone_can_connect()
    {
        using TemporaryFolder folder = new();
        using TestChain chain = TestChain.Create();
        ListenerOptions options = new() { TlsCertificateFile = folder.Write("tls.crt", chain.Pem), TlsKeyFile = folder.Write("tls.key", chain.KeyPem) };
        await using Listener listener = await StartAsync(options);
        using SocketsHttpHandler handler = new()
        {
            SslOptions = new()
            {
                CertificateChainPolicy = new()
                {
                    TrustMode = X509ChainTrustMode.CustomRootTrust, CustomTrustStore = { chain.Root }, RevocationMode = X509RevocationMode.NoCheck, DisableCertificateDownloads = true,
                },
            },
        };
        using HttpClient client = new(handler) { BaseAddress = listener.Address };

        (await client.GetStringAsync("/a")).Should().Be("hello");
    }

    [Fact]
    public async Task StartAsync_says_which_certificate_cannot_be_read()
    {
        using TemporaryFolder folder = new();
        string file = folder.Write("tls.crt", "nonsense");

        Func<Task> start = () => StartAsync(new ListenerOptions { TlsCertificateFile = file, TlsKeyFile = file });

        (await start.Should().ThrowAsync<OperatorStartException>()).WithMessage($"the certificate {file} with the key {file} cannot be read:*");
    }

    private static Task<Listener> StartAsync(ListenerOptions options, TimeProvider? clock = null) =>
        Listener.StartAsync(options, Routes, 1024, clock ?? TimeProvider.System, NullLoggerFactory.Instance, CancellationToken.None);

    private static void WriteCertificate(string file, string keyFile, string name)
    {
        using ECDsa key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        CertificateRequest request = new($"CN={name}", key, HashAlgorithmName.SHA256);
        using X509Certificate2 certificate = request.CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(1));
        File.WriteAllText(keyFile, key.ExportPkcs8PrivateKeyPem());
        File.WriteAllText(file, certificate.ExportCertificatePem());
        File.SetLastWriteTimeUtc(file, DateTime.UnixEpoch);   // as a link in a pod's volume, whose time never changes
    }

    private static async Task<string> SubjectAsync(Uri address)
    {
        string subject = "";
        using HttpClientHandler handler = new()
        {
            ServerCertificateCustomValidationCallback = (_, certificate, _, _) =>
            {
                subject = certificate!.Subject;
                return true;
            },
        };
        using HttpClient client = new(handler) { BaseAddress = address };
        await client.GetStringAsync("/a");
        return subject;
    }
}
