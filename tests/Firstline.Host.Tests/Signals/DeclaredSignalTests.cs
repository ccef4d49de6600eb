using System.Net;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using Firstline.Api.V1Alpha1;
using Firstline.Core.Signals;
using Firstline.Host.Configuration;
using Firstline.Host.Http;
using Firstline.Host.Options;
using Firstline.Host.Signals;
using Firstline.Kube.Client;
using Firstline.Testing;
using FluentAssertions;
using Microsoft.Extensions.Logging.Abstractions;
using Xunit;

namespace Firstline.Host.Tests.Signals;

/// <summary>JSON webhooks and CloudEvents by real HTTP on loopback: read by the signals file, with the authentication, bounds and answers of Alertmanager's webhook.</summary>
public sealed class DeclaredSignalTests : IDisposable
{
    private const string Rules = """
        causes:
          example.com/PaymentProviderDown: dependency
        alerts:
          - alert: Checkout*
            labels: {team: shop}
            cause: example.com/PaymentProviderDown
            target: {kind: Deployment, namespace: shop, name: /service}
        webhooks:
          - name: pager
            events: /events
            signal: /title
            summary: /text
            fingerprint: [/id]
            time: /at
            state: /state
            resolved: [ok]
            labels: {team: /team, service: /service}
            target: {kind: StatefulSet, namespace: /ns, name: /service}
        """;

    private const string Event = """{"id":7,"title":"HighLatency","text":"p99 is 3 s","state":"alerting","at":"2026-11-20T12:00:00Z","ns":"shop","service":"web","team":"shop"}""";
    private const string Cloud = """{"specversion":"1.0","id":"1","source":"/ci","type":"com.example.failed","data":{"summary":"it failed","labels":{"namespace":"shop","deployment":"web"}}}""";
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_declared_webhook_reads_its_events_by_the_mapping_and_the_alert_rules_classify_them()
    {
        FakeIntake intake = new();
        string checkout = Event.Replace("HighLatency", "CheckoutSlow", StringComparison.Ordinal).Replace("\"id\":7", "\"id\":8", StringComparison.Ordinal);

        (HttpStatusCode status, string text) = await PostAsync(intake, "/webhooks/json/pager", "application/json", $$"""{"events":[{{Event}},{{checkout}},7]}""");

        (status, text).Should().Be((HttpStatusCode.Accepted, "stored 2 events\nleft out events[2]: it is not an object\n"));
        intake.Stored.Select(static s => (s.Name, s.Source, s.Target!.ToString(), s.CauseHint, s.Category)).Should().Equal(
            ("HighLatency", IncidentSource.Webhook, "StatefulSet/web", null, null),
            ("CheckoutSlow", IncidentSource.Webhook, "Deployment/web", "example.com/PaymentProviderDown", "dependency"));
    }

    [Theory]
    [InlineData("structured", "application/cloudevents+json; charset=utf-8", Cloud, false)]
    [InlineData("batched", "application/cloudevents-batch+json", $"[{Cloud}]", false)]
    [InlineData("binary", "application/json", """{"summary":"it failed","labels":{"namespace":"shop","deployment":"web"}}""", true)]
    public async Task A_CloudEvent_is_the_same_signal_in_each_mode(string mode, string contentType, string body, bool headers)
    {
        FakeIntake intake = new();

        (HttpStatusCode status, _) = await PostAsync(
            intake, SignalEndpoint.CloudEventsPath, contentType, body,
            headers ? [("ce-specversion", "1.0"), ("ce-id", "1"), ("ce-source", "/ci"), ("CE-Type", "com.example.failed")] : []);

        status.Should().Be(HttpStatusCode.Accepted, mode);
        Signal stored = intake.Stored.Should().ContainSingle().Subject;
        (stored.Name, stored.Source, stored.Summary, stored.Target!.ToString()).Should().Be(("com.example.failed", IncidentSource.CloudEvents, "it failed", "Deployment/web"));
        stored.Fingerprint.Should().Be("cloudevents/3fdc4620d5693eae");
    }

    [Theory]
    [InlineData("a webhook that nobody declared", "/webhooks/json/other", "{}", HttpStatusCode.NotFound, "there is no webhook of that name, declared are: pager;*")]
    [InlineData("a body that is no JSON", "/webhooks/json/pager", "x", HttpStatusCode.BadRequest, "the body is not JSON (line 1, byte 1);*")]
    [InlineData("no list where the mapping looks", "/webhooks/json/pager", "{}", HttpStatusCode.BadRequest, "the body has neither a list nor an object at /events,*")]
    [InlineData("no CloudEvent", "/webhooks/cloudevents", "{}", HttpStatusCode.BadRequest, "it is no CloudEvent:*")]
    [InlineData("a longer path", "/webhooks/json/pager/x", "{}", HttpStatusCode.NotFound, "there is nothing at this path;*")]
    [InlineData("a body beyond the bound", "/webhooks/json/pager", "", HttpStatusCode.RequestEntityTooLarge, "the body is larger than *")]
    public async Task What_cannot_be_read_is_answered_in_one_sentence(string situation, string path, string body, HttpStatusCode expected, string sentence)
    {
        FakeIntake intake = new();

        (HttpStatusCode status, string text) = await PostAsync(intake, path, "application/json", body.Length > 0 ? body : new string(' ', 3 * 1024 * 1024));

        status.Should().Be(expected, situation);
        text.Should().Match(sentence);
        intake.Stored.Should().BeEmpty();
    }

    [Theory]
    [InlineData("a declared webhook", "/webhooks/json/pager", $$"""{"events":{{Event}}}""")]
    [InlineData("a CloudEvent", SignalEndpoint.CloudEventsPath, Cloud)]
    public async Task They_share_authentication_and_ask_for_a_repetition_while_nothing_can_be_stored(string situation, string path, string body)
    {
        FakeIntake away = new(new KubeException(KubeErrorKind.Unreachable, "secret internals"));

        (HttpStatusCode unstored, string text) = await PostAsync(away, path, "application/cloudevents+json", body);
        (HttpStatusCode unknown, _) = await PostAsync(away, path, "application/cloudevents+json", body, [], token: "other");

        (unstored, unknown).Should().Be((HttpStatusCode.ServiceUnavailable, HttpStatusCode.Unauthorized), situation);
        text.Should().Be("the events could not be stored in the Kubernetes API server: send them again\n");
    }

    [Fact]
    public async Task A_changed_signals_file_counts_without_a_restart_and_one_with_a_mistake_does_not()
    {
        string path = _folder.Write("signals.yaml", Rules);
        ManualTimeProvider clock = new();
        FakeIntake intake = new();
        await using Listener listener = await StartAsync(intake, path, new WebhookOptions { TokenFile = _folder.Write("token", "t") }, clock);

        File.WriteAllText(path, Rules.Replace("name: pager", "name: other", StringComparison.Ordinal));
        clock.Advance(TimeSpan.FromSeconds(10));
        (HttpStatusCode gone, _) = await PostAsync(listener.Address, "/webhooks/json/pager", "application/json", $"[{Event}]", [], "t");
        File.WriteAllText(path, "webhooks: 7");
        clock.Advance(TimeSpan.FromSeconds(10));
        (HttpStatusCode kept, _) = await PostAsync(listener.Address, "/webhooks/json/other", "application/json", $$"""{"events":{{Event}}}""", [], "t");

        (gone, kept).Should().Be((HttpStatusCode.NotFound, HttpStatusCode.Accepted));
    }

    [Fact]
    public void A_signals_file_with_a_mistake_stops_the_start_and_names_the_line()
    {
        string path = _folder.Write("signals.yaml", "alerts:\n  - alert: A\n    cause: OOMKiled\n");
        SignalEndpoint endpoint = Endpoint(new FakeIntake(), path, new WebhookOptions(), TimeProvider.System);

        Action check = endpoint.Check;

        check.Should().Throw<OperatorStartException>().WithMessage($"{path}:2:5: there is no cause \"OOMKiled\"; did you mean OOMKilled?;*");
    }

    [Theory]
    [InlineData("of the authority", true, HttpStatusCode.Accepted)]
    [InlineData("of another authority", false, null)]
    [InlineData("none", null, null)]
    public async Task With_a_client_authority_only_who_shows_its_certificate_gets_through(string certificate, bool? own, HttpStatusCode? expected)
    {
        using ECDsa key = ECDsa.Create(ECCurve.NamedCurves.nistP256), otherKey = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using X509Certificate2 authority = Authority(key), other = Authority(otherKey);
        WebhookOptions options = new()
        {
            Authentication = WebhookAuthentication.Certificate,
            Listener = new()
            {
                TlsCertificateFile = _folder.Write("tls.pem", authority.ExportCertificatePem() + "\n" + key.ExportPkcs8PrivateKeyPem()),
                TlsClientAuthorityFile = _folder.Write("ca.pem", authority.ExportCertificatePem()),
            },
        };
        await using Listener listener = await StartAsync(new FakeIntake(), _folder.Write("signals.yaml", Rules), options, TimeProvider.System);
        using HttpClientHandler handler = new() { ServerCertificateCustomValidationCallback = static (_, _, _, _) => true };
        using X509Certificate2? shown = own switch { true => Client(authority), false => Client(other), null => null };
        if (shown is not null)
        {
            handler.ClientCertificates.Add(shown);
        }

        using HttpClient client = new(handler) { BaseAddress = listener.Address };
        Func<Task<HttpStatusCode>> post = async () => (await client.PostAsync(new Uri("/webhooks/json/pager", UriKind.Relative), new StringContent($$"""{"events":{{Event}}}"""))).StatusCode;

        if (expected is { } status)
        {
            (await post()).Should().Be(status, certificate);
        }
        else
        {
            await post.Should().ThrowAsync<HttpRequestException>(certificate);
        }
    }

    [Theory]
    [InlineData("an authority without TLS", WebhookAuthentication.Token, null, "ca.pem", "webhook.tls.clientAuthorityFile needs *")]
    [InlineData("certificates without an authority", WebhookAuthentication.Certificate, "tls.pem", null, "webhook.authentication certificate needs *")]
    [InlineData("both", WebhookAuthentication.Certificate, "tls.pem", "ca.pem", null)]
    public void Options_that_do_not_fit_together_are_named(string situation, WebhookAuthentication authentication, string? certificate, string? authority, string? problem)
    {
        WebhookOptions options = new() { Authentication = authentication, Listener = new() { TlsCertificateFile = certificate, TlsClientAuthorityFile = authority } };

        if (problem is null)
        {
            options.Problem.Should().BeNull(situation);
        }
        else
        {
            options.Problem.Should().Match(problem, situation);
        }
    }

    private async Task<(HttpStatusCode Status, string Text)> PostAsync(
        FakeIntake intake, string path, string contentType, string body, (string Name, string Value)[]? headers = null, string token = "t")
    {
        await using Listener listener = await StartAsync(
            intake, _folder.Write("signals.yaml", Rules), new WebhookOptions { TokenFile = _folder.Write("token", "t") }, TimeProvider.System);
        return await PostAsync(listener.Address, path, contentType, body, headers ?? [], token);
    }

    private static async Task<(HttpStatusCode Status, string Text)> PostAsync(
        Uri address, string path, string contentType, string body, (string Name, string Value)[] headers, string token)
    {
        using HttpClient client = new() { BaseAddress = address };
        using HttpRequestMessage post = new(HttpMethod.Post, path) { Content = new ByteArrayContent(Encoding.UTF8.GetBytes(body)) };
        post.Content.Headers.ContentType = MediaTypeHeaderValue.Parse(contentType);
        post.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        foreach ((string name, string value) in headers)
        {
            post.Headers.Add(name, value);
        }

        using HttpResponseMessage response = await client.SendAsync(post);
        return (response.StatusCode, await response.Content.ReadAsStringAsync());
    }

    private static Task<Listener> StartAsync(FakeIntake intake, string rules, WebhookOptions options, TimeProvider clock)
    {
        SignalEndpoint endpoint = Endpoint(intake, rules, options, clock);
        endpoint.Check();
        return Listener.StartAsync(options.Listener with { Port = 0 }, endpoint.Routes, WebhookOptions.LargestBodyBytes, clock, NullLoggerFactory.Instance, CancellationToken.None);
    }

    private static SignalEndpoint Endpoint(FakeIntake intake, string rules, WebhookOptions options, TimeProvider clock) =>
        new(new LiveOptions(new OperatorOptions { Webhook = options, SignalsFile = rules }), intake, clock, NullLogger<SignalEndpoint>.Instance);

    private static X509Certificate2 Authority(ECDsa key)
    {
        CertificateRequest request = new("CN=authority", key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        return request.CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(1));
    }

    private static X509Certificate2 Client(X509Certificate2 authority)
    {
        using ECDsa key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        CertificateRequest request = new("CN=sender", key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension([new Oid("1.3.6.1.5.5.7.3.2")], false));
        using X509Certificate2 issued = request.Create(authority, DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddHours(1), [1]);
        return issued.CopyWithPrivateKey(key);
    }
}
