using System.Collections.Immutable;
using System.Globalization;
using Firstline.Controllers.Ports;
using Firstline.Core.Facts;
using Firstline.Core.Signals;
using Firstline.Host.Configuration;
using Firstline.Host.Http;
using Firstline.Host.Options;

namespace Firstline.Host.Signals;

/// <summary>
/// Receives signals from outside: Alertmanager's webhook, CloudEvents, and JSON for which a mapping is declared. 202 means that all of the body is stored in the API
/// server, but for what the answer and the log name, which no repetition would store; 503 asks the sender to send the body again, which Alertmanager does with
/// backoff until the alert is over, so that nothing is lost while the API server is away.
/// </summary>
internal sealed partial class SignalEndpoint(LiveOptions options, IIncidentIntake intake, TimeProvider clock, ILogger<SignalEndpoint> log)
{
    public const string AlertmanagerPath = "/webhooks/alertmanager";
    public const string CloudEventsPath = "/webhooks/cloudevents";

    /// <summary>The name of the mapping follows.</summary>
    public const string JsonPath = "/webhooks/json/";

    private static readonly TimeSpan RetryAfter = TimeSpan.FromSeconds(5);
    private readonly TokenFile? _token = options.Current.Webhook is { Authentication: WebhookAuthentication.Token, TokenFile: { } file } ? new TokenFile(file, clock) : null;
    private readonly SignalStore _store = new(intake, log);
    private readonly SignalRulesFile _rules = new(options.Current.SignalsFile, clock, log);

    public ImmutableArray<HttpRoute> Routes =>
    [
        new("POST", AlertmanagerPath, context => HandleAsync(context, "alert", ReadAlerts)),
        new("POST", CloudEventsPath, context => HandleAsync(context, "event", ReadCloudEvents)),
        new("POST", JsonPath, context => HandleAsync(context, "event", ReadJson)),
    ];

    /// <exception cref="OperatorStartException">The token file or the signals file cannot be used.</exception>
    public void Check()
    {
        _token?.Check();
        _rules.Check();
    }

    private WebhookReading ReadAlerts(HttpRequest request, byte[] body) => AlertmanagerWebhook.Parse(body, clock.GetUtcNow());

    private WebhookReading ReadCloudEvents(HttpRequest request, byte[] body) => CloudEvents.Parse(
        request.ContentType, request.Headers.Select(static h => KeyValuePair.Create(h.Key, h.Value.ToString())), body, _rules.Current, clock.GetUtcNow());

    private WebhookReading ReadJson(HttpRequest request, byte[] body) =>
        JsonWebhook.Parse(request.Path.Value![JsonPath.Length..], body, _rules.Current, clock.GetUtcNow());

    private async Task HandleAsync(HttpContext context, string noun, Func<HttpRequest, byte[], WebhookReading> read)
    {
        await AnswerAsync(context, noun, read);
        WebhookMetrics.Answered(context.Response.StatusCode);
    }

    private async Task AnswerAsync(HttpContext context, string noun, Func<HttpRequest, byte[], WebhookReading> read)
    {
        if (!IsAuthorized(context))
        {
            context.Response.Headers.WWWAuthenticate = "Bearer realm=\"firstline\"";
            LogUnauthorized(context.Connection.RemoteIpAddress?.ToString() ?? "an unknown address");
            await context.RefuseAsync(
                StatusCodes.Status401Unauthorized, "a valid bearer token is needed: send it in the header Authorization (http_config.authorization in Alertmanager's webhook_configs)");
            return;
        }

        (byte[] body, (int Status, string Sentence)? problem) = await WebhookBody.ReadAsync(context.Request, options.Current.Webhook.MaxBodyBytes, context.RequestAborted);
        if (problem is { } refused)
        {
            LogRefused(refused.Sentence);
            await context.RefuseAsync(refused.Status, refused.Sentence);
            return;
        }

        switch (read(context.Request, body))
        {
            case WebhookReading.Accepted { Signals.IsEmpty: true, Problems: [string first, ..] }:
                LogRefused(first);
                await context.RefuseAsync(StatusCodes.Status400BadRequest, $"no {noun} of the body can be read: {first}");
                break;
            case WebhookReading.Accepted accepted:
                await StoreAsync(context, noun, accepted with { Signals = [.. accepted.Signals.Select(_rules.Current.Classify)] });
                break;
            case WebhookReading.Unknown unknown:
                LogRefused(unknown.Problem);
                await context.RefuseAsync(StatusCodes.Status404NotFound, unknown.Problem);
                break;
            case WebhookReading.Refused unreadable:
                LogRefused(unreadable.Problem);
                await context.RefuseAsync(StatusCodes.Status400BadRequest, unreadable.Problem);
                break;
        }
    }

    // A certificate that is there was judged by the handshake.
    private bool IsAuthorized(HttpContext context) => options.Current.Webhook.Authentication switch
    {
        WebhookAuthentication.None => true,
        WebhookAuthentication.Certificate => context.Connection.ClientCertificate is not null,
        _ => _token?.Accepts(context.Request.Headers.Authorization) ?? false,
    };

    private async Task StoreAsync(HttpContext context, string noun, WebhookReading.Accepted accepted)
    {
        StoredSignals stored = await _store.StoreAsync(accepted.Signals, context.RequestAborted);
        ImmutableArray<string> problems = accepted.Problems.AddRange(stored.Problems);
        foreach (string problem in accepted.Problems)
        {
            LogLeftOut(problem);
        }

        WebhookMetrics.Stored(stored.Count, problems.Length);
        if (stored.Retry is { } reason)
        {
            LogNotStored(accepted.Signals.Length - stored.Count - stored.Problems.Length, reason);
            context.Response.Headers.RetryAfter = RetryAfter.TotalSeconds.ToString(CultureInfo.InvariantCulture);
            await context.RefuseAsync(StatusCodes.Status503ServiceUnavailable, $"the {noun}s could not be stored in the Kubernetes API server: send them again");
            return;
        }

        LogStored(stored.Count, accepted.TruncatedAlerts);
        string summary = $"stored {Counted.Of(stored.Count, noun)}\n" + string.Concat(problems.Select(static p => $"left out {p}\n"));
        await context.AnswerAsync(StatusCodes.Status202Accepted, summary);
    }

    [LoggerMessage(6001, LogLevel.Information, "The webhook stored {Signals} signals; the sender had left out {Truncated}")]
    private partial void LogStored(int signals, int truncated);

    [LoggerMessage(6002, LogLevel.Warning, "The webhook refused a request without a valid token from {Address}")]
    private partial void LogUnauthorized(string address);

    [LoggerMessage(6003, LogLevel.Warning, "The webhook refused a body: {Problem}")]
    private partial void LogRefused(string problem);

    [LoggerMessage(6004, LogLevel.Warning, "The webhook left out a signal: {Problem}")]
    private partial void LogLeftOut(string problem);

    [LoggerMessage(6005, LogLevel.Warning, "The webhook could not store {Signals} signals and asked for them again: {Problem}")]
    private partial void LogNotStored(int signals, string problem);
}
