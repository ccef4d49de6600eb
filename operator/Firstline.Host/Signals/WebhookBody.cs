using Microsoft.AspNetCore.Http.Features;

namespace Firstline.Host.Signals;

/// <summary>Reads a request's body up to a bound.</summary>
internal static class WebhookBody
{
    /// <summary>The body, or what to answer when it cannot be had whole.</summary>
    public static async Task<(byte[] Body, (int Status, string Sentence)? Problem)> ReadAsync(HttpRequest request, int maxBytes, CancellationToken ct)
    {
        request.HttpContext.Features.Get<IHttpMaxRequestBodySizeFeature>()!.MaxRequestBodySize = maxBytes;
        using MemoryStream body = new();
        try
        {
            await request.Body.CopyToAsync(body, ct);
        }
        catch (BadHttpRequestException e)
        {
            return ([], e.StatusCode == StatusCodes.Status413PayloadTooLarge ? TooLarge(maxBytes) : Cut(e.Message));
        }
        catch (IOException e)
        {
            return ([], Cut(e.Message));
        }

        return (body.ToArray(), null);
    }

    private static (int Status, string Sentence)? TooLarge(int maxBytes) =>
        (StatusCodes.Status413PayloadTooLarge, $"the body is larger than {maxBytes} bytes: set max_alerts in Alertmanager's webhook_configs, or webhook.maxBodyBytes of the operator");

    private static (int Status, string Sentence)? Cut(string why) =>
        (StatusCodes.Status400BadRequest, $"the body did not arrive whole: {why.TrimEnd('.')}");
}
