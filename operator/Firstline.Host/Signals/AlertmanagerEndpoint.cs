using System.Collections.Immutable;
using System.Globalization;
using Firstline.Controllers.Ports;
using Firstline.Core.Signals;
using Firstline.Host.Configuration;
using Firstline.Host.Http;
using Firstline.Host.Options;

namespace Firstline.Host.Signals;

/// <summary>
/// Receives Alertmanager's webhook. 202 means that every alert in the body is stored in the API server, but for those that the answer and the log
/// name, which no repetition would store; 503 asks Alertmanager to send the body again, which it does with backoff until the alert is over, so
/// that nothing is lost while the API server is away.
/// </summary>
internal sealed partial class AlertmanagerEndpoint(LiveOptions options, IIncidentIntake intake, TimeProvider clock, ILogger<AlertmanagerEndpoint> log)
{
    public const string Path = "/webhooks/alertmanager";

    private static readonly TimeSpan RetryAfter = TimeSpan.FromSeconds(5);
    private readonly TokenFile? _token = options.Current.Webhook is { Authentication: WebhookAuthentication.Token, TokenFile: { } file } ? new TokenFile(file, clock) : null;
    private readonly SignalStore _store = new(intake, log);

    public ImmutableArray<HttpRoute> Routes => [new("POST", Path, HandleAsync)];

    /// <exception cref="OperatorStartException">The token file cannot be read.</exception>
    public void Check() => _token?.Check();

    private async Task HandleAsync(HttpContext context)
    {
        await AnswerAsync(context);
        WebhookMetrics.Answered(context.Response.StatusCode);
    }

    private async Task AnswerAsync(HttpContext context)
    {
        if (!IsAuthorized(context))
        {
            context.Response.Headers.WWWAuthenticate = "Bearer realm=\"firstline\"";
            LogUnauthorized(context.Connection.RemoteIpAddress?.ToString() ?? "an unknown address");
            await context.RefuseAsync(
                StatusCodes.Status401Unauthorized, "a valid bearer token is needed: set http_config.authorization in Alertmanager's webhook_configs");
            return;
        }

        (byte[] body, (int Status, string Sentence)? problem) = await WebhookBody.ReadAsync(context.Request, options.Current.Webhook.MaxBodyBytes, context.RequestAborted);
        if (problem is { } refused)
        {
            LogRefused(refused.Sentence);
            await context.RefuseAsync(refused.Status, refused.Sentence);
            return;
        }

        switch (AlertmanagerWebhook.Parse(body, clock.GetUtcNow()))
        {
            case WebhookReading.Accepted { Signals.IsEmpty: true, Problems: [string first, ..] }:
                LogRefused(first);
                await context.RefuseAsync(StatusCodes.Status400BadRequest, $"no alert of the body can be read: {first}");
                break;
            case WebhookReading.Accepted accepted:
                await StoreAsync(context, accepted);
                break;
            case WebhookReading.Refused unreadable:
                LogRefused(unreadable.Problem);
                await context.RefuseAsync(StatusCodes.Status400BadRequest, unreadable.Problem);
                break;
        }
    }

    private bool IsAuthorized(HttpContext context) =>
        options.Current.Webhook.Authentication == WebhookAuthentication.None || (_token?.Accepts(context.Request.Headers.Authorization) ?? false);

    private async Task StoreAsync(HttpContext context, WebhookReading.Accepted accepted)
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
            await context.RefuseAsync(StatusCodes.Status503ServiceUnavailable, "the alerts could not be stored in the Kubernetes API server: send them again");
            return;
        }

        LogStored(stored.Count, accepted.TruncatedAlerts);
        string summary = $"stored {stored.Count} {(stored.Count == 1 ? "alert" : "alerts")}\n" + string.Concat(problems.Select(static p => $"left out {p}\n"));
        await context.AnswerAsync(StatusCodes.Status202Accepted, summary);
    }

    [LoggerMessage(6001, LogLevel.Information, "The webhook stored {Alerts} alerts; the sender had left out {Truncated}")]
    private partial void LogStored(int alerts, int truncated);

    [LoggerMessage(6002, LogLevel.Warning, "The webhook refused a request without a valid token from {Address}")]
    private partial void LogUnauthorized(string address);

    [LoggerMessage(6003, LogLevel.Warning, "The webhook refused a body: {Problem}")]
    private partial void LogRefused(string problem);

    [LoggerMessage(6004, LogLevel.Warning, "The webhook left out an alert: {Problem}")]
    private partial void LogLeftOut(string problem);

    [LoggerMessage(6005, LogLevel.Warning, "The webhook could not store {Alerts} alerts and asked for them again: {Problem}")]
    private partial void LogNotStored(int alerts, string problem);
}
