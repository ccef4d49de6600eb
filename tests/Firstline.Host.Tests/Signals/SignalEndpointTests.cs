using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Text;
using Firstline.Api.Meta;
using Firstline.Host.Configuration;
using Firstline.Host.Http;
using Firstline.Host.Options;
using Firstline.Host.Signals;
using Firstline.Kube;
using Firstline.Kube.Client;
using FluentAssertions;
using Microsoft.Extensions.Logging.Abstractions;
using Xunit;

namespace Firstline.Host.Tests.Signals;

/// <summary>The endpoint by real HTTP on loopback.</summary>
public sealed class SignalEndpointTests : IDisposable
{
    private const string Token = "s3cret-token";
    private const string Alert = """{"status":"firing","labels":{"alertname":"A","namespace":"shop","deployment":"web"},"startsAt":"2026-11-20T12:00:00Z","fingerprint":"f1"}""";
    private static readonly Status NoNamespace = new() { Reason = "NotFound", Details = new() { Kind = "namespaces", Name = "shop" } };
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("one alert", $$"""{"version":"4","alerts":[{{Alert}}]}""", 1, "stored 1 alert\n")]
    [InlineData("no version, as old senders", $$"""{"alerts":[{{Alert}}]}""", 1, "stored 1 alert\n")]
    [InlineData("fields that nobody knows", $$"""{"version":"4","new":{"a":[1]},"alerts":[{{Alert}}]}""", 1, "stored 1 alert\n")]
    [InlineData(
        "an alert that names no object", $$$"""{"version":"4","alerts":[{{{Alert}}},{"status":"firing","labels":{"alertname":"Watchdog"},"startsAt":"2026-11-20T12:00:00Z"}]}""", 1,
        "stored 1 alert\nleft out Watchdog (alertmanager/*): its labels name no object, so it opens no incident: give its rule the labels namespace and *\n")]
    [InlineData(
        "an alert on what is not watched",
        $$$"""{"version":"4","alerts":[{{{Alert}}},{"status":"firing","labels":{"alertname":"B","namespace":"elsewhere","pod":"p"},"startsAt":"2026-11-20T12:00:00Z"}]}""", 1,
        "stored 1 alert\nleft out B (alertmanager/*): its object is in none of the namespaces that this operator watches: send it to the operator that does, *\n")]
    [InlineData("a group without alerts", """{"version":"4","alerts":[]}""", 0, "stored 0 alerts\n")]
    [InlineData("one alert that can be read and one that can't", $$$"""{"version":"4","alerts":[{{{Alert}}},{"labels":{}}]}""", 1, "stored 1 alert\nleft out alerts[1]: *\n")]
    public async Task Post_answers_202_when_all_that_can_be_read_is_stored(string situation, string body, int stored, string answer)
    {
        FakeIntake intake = new();

        (HttpResponseMessage response, string text) = await PostAsync(intake, body);

        response.StatusCode.Should().Be(HttpStatusCode.Accepted, situation);
        text.Should().Match(answer);
        intake.Stored.Should().HaveCount(stored);
    }

    [Theory]
    [InlineData("no JSON", "alert!", "the body is not JSON (line 1, byte 1); send what Alertmanager's webhook_config sends\n")]
    [InlineData("half a body", """{"version":"4","alerts":[{"status":"fir""", "the body is not JSON (line 1, *")]
    [InlineData("nothing", "", "the body is not JSON (line 1, *")]
    [InlineData("a list", "[]", "the body is not a JSON object;*")]
    [InlineData("another version", """{"version":"5","alerts":[]}""", "this version of the webhook format is not supported;*")]
    [InlineData("no alerts", """{"version":"4"}""", "the body has no list \"alerts\";*")]
    [InlineData("alerts of which none can be read", """{"version":"4","alerts":[{"labels":{}},7]}""", "no alert of the body can be read: alerts[0]: *")]
    public async Task Post_answers_400_with_one_sentence(string situation, string body, string answer)
    {
        FakeIntake intake = new();

        (HttpResponseMessage response, string text) = await PostAsync(intake, body);

        response.StatusCode.Should().Be(HttpStatusCode.BadRequest, situation);
        text.Should().Match(answer);
        text.Trim().Should().NotContain("\n");
        intake.Stored.Should().BeEmpty();
    }

    [Theory]
    [InlineData("no token", null)]
    [InlineData("another token", "wrong")]
    [InlineData("a part of the token", "s3cret")]
    public async Task Post_answers_401_without_the_token_and_never_tells_it(string situation, string? token)
    {
        FakeIntake intake = new();

        (HttpResponseMessage response, string text) = await PostAsync(intake, $$"""{"version":"4","alerts":[{{Alert}}]}""", token);

        response.StatusCode.Should().Be(HttpStatusCode.Unauthorized, situation);
        response.Headers.WwwAuthenticate.Single().Scheme.Should().Be("Bearer");
        text.Should().StartWith("a valid bearer token is needed:").And.NotContain(Token);
        intake.Stored.Should().BeEmpty();
    }

    [Fact]
    public async Task Post_needs_no_token_where_that_is_asked_for()
    {
        (HttpResponseMessage response, _) = await PostAsync(
            new FakeIntake(), """{"version":"4","alerts":[]}""", null, new WebhookOptions { Authentication = WebhookAuthentication.None });

        response.StatusCode.Should().Be(HttpStatusCode.Accepted);
    }

    [Theory]
    [InlineData("with its length", false)]
    [InlineData("in chunks", true)]
    public async Task Post_answers_413_to_a_body_beyond_the_bound(string situation, bool chunked)
    {
        FakeIntake intake = new();
        WebhookOptions options = Options() with { MaxBodyBytes = 1000 };

        (HttpResponseMessage response, string text) = await PostAsync(intake, $$"""{"version":"4","x":"{{new string('x', 2000)}}","alerts":[{{Alert}}]}""", Token, options, chunked);

        response.StatusCode.Should().Be(HttpStatusCode.RequestEntityTooLarge, situation);
        text.Should().StartWith("the body is larger than 1000 bytes: set max_alerts");
        intake.Stored.Should().BeEmpty();
    }

    [Theory]
    [InlineData("the API server is away", KubeErrorKind.Unreachable, 1)]
    [InlineData("it refuses one for the moment", KubeErrorKind.ServiceUnavailable, 2)]
    [InlineData("it is asked too often", KubeErrorKind.TooManyRequests, 2)]
    [InlineData("its own webhook fails for one", KubeErrorKind.InternalError, 2)]
    [InlineData("a quota is used up or a right is missing, which humans put right", KubeErrorKind.Forbidden, 2)]
    [InlineData("the definition of Incidents is gone for a moment, and nothing says what was not found", KubeErrorKind.NotFound, 2)]
    public async Task Post_answers_503_so_that_Alertmanager_sends_it_again(string situation, KubeErrorKind kind, int stored)
    {
        FakeIntake intake = new(signal => signal.Name == "Bad" ? new KubeException(kind, "secret internals") : null);

        (HttpResponseMessage response, string text) = await PostAsync(intake, Body("A", "Bad", "B"));

        response.StatusCode.Should().Be(HttpStatusCode.ServiceUnavailable, situation);
        response.Headers.RetryAfter!.Delta.Should().Be(TimeSpan.FromSeconds(5));
        text.Should().Be("the alerts could not be stored in the Kubernetes API server: send them again\n");
        intake.Stored.Should().HaveCount(stored);
    }

    [Theory]
    [InlineData("its namespace does not exist", KubeErrorKind.NotFound, "the namespace shop does not exist")]
    [InlineData("its Incident is not valid", KubeErrorKind.Invalid, "the API server does not accept its Incident as valid: *")]
    public async Task Post_stores_all_alerts_but_the_one_that_no_repetition_would_store(string situation, KubeErrorKind kind, string reason)
    {
        FakeIntake intake = new(signal => signal.Name == "Bad" ? new KubeException(kind, "secret internals", NoNamespace) : null);

        (HttpResponseMessage response, string text) = await PostAsync(intake, Body("A", "Bad", "B"));

        response.StatusCode.Should().Be(HttpStatusCode.Accepted, situation);
        text.Should().Match($"stored 2 alerts\nleft out Bad (alertmanager/*): {reason}\n").And.NotContain("internals");
        intake.Stored.Select(static s => s.Name).Should().Equal("A", "B");
    }

    [Fact]
    public async Task Post_names_an_alert_whose_target_takes_no_further_incident()
    {
        FakeIntake intake = new(signal => signal.Name == "Bad" ? new TerminalException("web has had 10000 incidents") : null);

        (HttpResponseMessage response, string text) = await PostAsync(intake, Body("Bad", "A"));

        response.StatusCode.Should().Be(HttpStatusCode.Accepted);
        text.Should().Match("stored 1 alert\nleft out Bad (alertmanager/*): web has had 10000 incidents\n");
    }

    [Fact]
    public async Task Post_answers_503_when_one_alert_may_be_stored_later_and_another_never()
    {
        FakeIntake intake = new(signal => signal.Name switch
        {
            "Never" => new KubeException(KubeErrorKind.NotFound, "no such namespace", NoNamespace),
            "Later" => new KubeException(KubeErrorKind.ServiceUnavailable, "not now"),
            _ => null,
        });

        (HttpResponseMessage response, _) = await PostAsync(intake, Body("Never", "Later", "A"));

        response.StatusCode.Should().Be(HttpStatusCode.ServiceUnavailable);
        intake.Stored.Select(static s => s.Name).Should().Equal("A");
    }

    [Fact]
    public async Task Post_answers_503_while_the_caches_are_not_filled()
    {
        (HttpResponseMessage response, _) = await PostAsync(new FakeIntake(new TransientException("not yet")), $$"""{"version":"4","alerts":[{{Alert}}]}""");

        response.StatusCode.Should().Be(HttpStatusCode.ServiceUnavailable);
    }

    [Fact]
    public async Task Get_answers_405_and_another_path_404()
    {
        await using Listener listener = await StartAsync(new FakeIntake(), Options());
        using HttpClient client = new() { BaseAddress = listener.Address };

        using HttpResponseMessage method = await client.GetAsync(new Uri(SignalEndpoint.AlertmanagerPath, UriKind.Relative));
        using HttpResponseMessage path = await client.GetAsync(new Uri("/", UriKind.Relative));

        (method.StatusCode, path.StatusCode).Should().Be((HttpStatusCode.MethodNotAllowed, HttpStatusCode.NotFound));
        method.Content.Headers.Allow.Should().Equal("POST");
    }

    [Fact]
    public async Task Post_that_breaks_off_stores_nothing_and_the_next_is_served()
    {
        FakeIntake intake = new();
        await using Listener listener = await StartAsync(intake, Options());
        using (TcpClient broken = new())
        {
            await broken.ConnectAsync(IPAddress.Loopback, listener.Address.Port);
            string half = $"POST {SignalEndpoint.AlertmanagerPath} HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer {Token}\r\nContent-Length: 500\r\n\r\n{{\"version\":\"4\",\"alerts\":[";
            await broken.GetStream().WriteAsync(Encoding.ASCII.GetBytes(half));
        }

        (HttpResponseMessage response, _) = await PostAsync(listener.Address, $$"""{"version":"4","alerts":[{{Alert}}]}""", Token);

        response.StatusCode.Should().Be(HttpStatusCode.Accepted);
        intake.Stored.Should().ContainSingle();
    }

    private async Task<(HttpResponseMessage Response, string Text)> PostAsync(
        FakeIntake intake, string body, string? token = Token, WebhookOptions? options = null, bool chunked = false)
    {
        await using Listener listener = await StartAsync(intake, options ?? Options());
        return await PostAsync(listener.Address, body, token, chunked);
    }

    private static async Task<(HttpResponseMessage Response, string Text)> PostAsync(Uri address, string body, string? token, bool chunked = false)
    {
        using HttpClient client = new() { BaseAddress = address };
        using HttpRequestMessage post = new(HttpMethod.Post, SignalEndpoint.AlertmanagerPath) { Content = new StringContent(body, Encoding.UTF8, "application/json") };
        post.Headers.TransferEncodingChunked = chunked;
        post.Headers.Authorization = token is null ? null : new AuthenticationHeaderValue("Bearer", token);
        HttpResponseMessage response = await client.SendAsync(post);
        return (response, await response.Content.ReadAsStringAsync());
    }

    private static string Body(params string[] names)
    {
        IEnumerable<string> alerts = names.Select(static n => $$$"""{"status":"firing","labels":{"alertname":"{{{n}}}","namespace":"shop","deployment":"web"}}""");
        return $$"""{"version":"4","alerts":[{{string.Join(',', alerts)}}]}""";
    }

    private WebhookOptions Options() => new() { TokenFile = _folder.Write("token", Token + "\n") };

    private static Task<Listener> StartAsync(FakeIntake intake, WebhookOptions options)
    {
        SignalEndpoint endpoint = new(new LiveOptions(new OperatorOptions { Webhook = options }), intake, TimeProvider.System, NullLogger<SignalEndpoint>.Instance);
        return Listener.StartAsync(new ListenerOptions(), endpoint.Routes, WebhookOptions.LargestBodyBytes, TimeProvider.System, NullLoggerFactory.Instance, CancellationToken.None);
    }
}
