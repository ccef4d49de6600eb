using System.Collections.Immutable;
using System.Globalization;
using System.Net.Http.Headers;
using System.Text;
using Firstline.Controllers.Ports;
using Firstline.Core.Facts;
using Firstline.Core.Lifecycle;

namespace Firstline.Host.Outside;

/// <summary>Calls the webhooks of the configuration. The status decides; a body is not read.</summary>
internal sealed class WebhookCaller : IWebhookCaller, IDisposable
{
    private readonly ImmutableDictionary<string, (Uri Address, SecretFile Key, HttpClient Http)> _webhooks;
    private readonly TimeProvider _clock;

    /// <exception cref="OperatorStartException">A key or an authority cannot be read.</exception>
    public WebhookCaller(ImmutableArray<WebhookDestination> webhooks, TimeProvider clock)
    {
        _clock = clock;
        _webhooks = webhooks.ToImmutableDictionary(static w => w.Name, w => (new Uri(w.Address), KeyOf(w, clock), OutsideHttp.Client(w.AuthorityFile)));
    }

    /// <inheritdoc/>
    public async Task<WebhookAnswer> CallAsync(WebhookCall call, CancellationToken cancellationToken)
    {
        if (!_webhooks.TryGetValue(call.Webhook, out (Uri Address, SecretFile Key, HttpClient Http) webhook))
        {
            return new WebhookAnswer.NotSent("the operator's destinations file has no such webhook");
        }

        if (webhook.Key.Value is not { } key)
        {
            return new WebhookAnswer.Unknown("its key file holds no key");
        }

        try
        {
            using HttpRequestMessage request = Signed(call, webhook.Address, key);
            using HttpResponseMessage answer = await webhook.Http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
            return new WebhookAnswer.Status((int)answer.StatusCode, RetryAfter(answer.Headers.RetryAfter));
        }
        catch (Exception e) when (e is HttpRequestException or IOException or OperationCanceledException)
        {
            cancellationToken.ThrowIfCancellationRequested();
            return new WebhookAnswer.Unknown(OutsideHttp.Why(e));
        }
        catch (FormatException)
        {
            return new WebhookAnswer.NotSent("its key file begins with whsec_ and is no base64");
        }
    }

    public void Dispose()
    {
        foreach ((Uri _, SecretFile _, HttpClient http) in _webhooks.Values)
        {
            http.Dispose();
        }
    }

    private static SecretFile KeyOf(WebhookDestination webhook, TimeProvider clock)
    {
        SecretFile key = new(webhook.KeyFile, clock);
        key.Check();
        return key;
    }

    private HttpRequestMessage Signed(WebhookCall call, Uri address, string key)
    {
        long seconds = _clock.GetUtcNow().ToUnixTimeSeconds();
        string signature = WebhookSignature.Of(key, call.Key, seconds, call.Body);
        HttpRequestMessage request = new(HttpMethod.Post, address) { Content = new StringContent(call.Body, Encoding.UTF8, "application/json") };
        request.Headers.Add("Idempotency-Key", call.Key);
        request.Headers.Add("webhook-id", call.Key);
        request.Headers.Add("webhook-timestamp", seconds.ToString(CultureInfo.InvariantCulture));
        request.Headers.Add("webhook-signature", signature);
        return request;
    }

    private TimeSpan? RetryAfter(RetryConditionHeaderValue? header) => header?.Delta ?? (header?.Date is { } date ? date - _clock.GetUtcNow() : null);
}
