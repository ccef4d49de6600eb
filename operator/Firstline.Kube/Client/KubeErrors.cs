using System.Net;
using System.Text;
using System.Text.Json;
using Firstline.Api.Meta;
using Firstline.Kube.Config;
using Firstline.Kube.Wire;

namespace Firstline.Kube.Client;

/// <summary>Turns answers and broken connections into a <see cref="KubeException"/> with one sentence.</summary>
internal static class KubeErrors
{
    private const int MaxQuoted = 300;

    public static KubeException From(KubeRequest request, HttpStatusCode code, ReadOnlySpan<byte> body, TimeSpan? retryAfter)
    {
        Status? status = ReadStatus(body);
        KubeErrorKind kind = KindOf(status?.Reason, (int)code);
        string words = status?.Message is { Length: > 0 } message ? message : Quote(code, body);
        retryAfter ??= status?.Details?.RetryAfterSeconds is { } seconds and > 0 ? TimeSpan.FromSeconds(seconds) : null;
        return new KubeException(kind, Sentence(request, words), status) { RetryAfter = retryAfter };
    }

    /// <summary>The failure that a watch reports in an <c>ERROR</c> frame.</summary>
    public static KubeException FromFrame(KubeRequest request, ReadOnlySpan<byte> json)
    {
        int code = ReadStatus(json)?.Code ?? 0;
        return From(request, (HttpStatusCode)(code == 0 ? 500 : code), json, null);
    }

    public static KubeException Unreachable(KubeRequest request, Exception e) => e switch
    {
        { InnerException: KubeException inner } => new(inner.Kind, Sentence(request, inner.Message), null, e),
        { InnerException: KubeConfigException inner } => NoCredential(request, inner),
        _ => new(KubeErrorKind.Unreachable, Sentence(request, $"the connection to the API server broke: {Innermost(e).Message}"), null, e),
    };

    /// <summary>The credential or an authority cannot be read or had; nothing was sent.</summary>
    public static KubeException NoCredential(KubeRequest request, KubeConfigException e) =>
        new(KubeErrorKind.Unauthorized, Sentence(request, e.Message), null, e);

    public static KubeException Timeout(KubeRequest request, TimeSpan limit, Exception? e) =>
        new(KubeErrorKind.Timeout, Sentence(request, $"the API server did not answer within {limit.TotalSeconds:0.#} s"), null, e);

    /// <summary>The time in which it may be sent is over; whether an earlier try was done is not known.</summary>
    public static KubeException TooLate(KubeRequest request, TimeSpan window, Exception? e) =>
        new(KubeErrorKind.Timeout, Sentence(request, $"not sent any more: the {window.TotalSeconds:0.#} s in which it may be sent are over"), null, e);

    /// <summary>The server said that all is well, with an answer that is not what the API promises.</summary>
    public static KubeException Malformed(KubeRequest request, Exception e) =>
        new(KubeErrorKind.MalformedAnswer, Sentence(request, $"the answer is cut or is no JSON object: {e.Message}"), null, e);

    private static string Sentence(KubeRequest request, string words) =>
        $"cannot {request.Verb.ToString().ToLowerInvariant()} {request.Target}: {words}";

    private static KubeErrorKind KindOf(string? reason, int code) => reason switch
    {
        "NotFound" => KubeErrorKind.NotFound,
        "AlreadyExists" => KubeErrorKind.AlreadyExists,
        "Conflict" => KubeErrorKind.Conflict,
        "Invalid" => KubeErrorKind.Invalid,
        "Expired" or "Gone" => KubeErrorKind.Expired,
        "Timeout" or "ServerTimeout" => KubeErrorKind.Timeout,
        _ => KindOf(code),
    };

    private static KubeErrorKind KindOf(int code) => code switch
    {
        400 => KubeErrorKind.BadRequest,
        401 => KubeErrorKind.Unauthorized,
        403 => KubeErrorKind.Forbidden,
        404 => KubeErrorKind.NotFound,
        409 => KubeErrorKind.Conflict,
        410 => KubeErrorKind.Expired,
        422 => KubeErrorKind.Invalid,
        429 => KubeErrorKind.TooManyRequests,
        _ => KindOfRare(code),
    };

    private static KubeErrorKind KindOfRare(int code) => code switch
    {
        405 => KubeErrorKind.MethodNotAllowed,
        413 => KubeErrorKind.RequestEntityTooLarge,
        415 => KubeErrorKind.UnsupportedMediaType,
        502 or 503 => KubeErrorKind.ServiceUnavailable,
        504 => KubeErrorKind.Timeout,
        >= 500 => KubeErrorKind.InternalError,
        _ => KubeErrorKind.Unknown,
    };

    private static Status? ReadStatus(ReadOnlySpan<byte> body)
    {
        if (body.Length == 0 || body[0] != (byte)'{')
        {
            return null;
        }

        try
        {
            return JsonSerializer.Deserialize(body, KubeJson.Default.Status) is { Kind: "Status" } status ? status : null;
        }
        catch (JsonException)
        {
            return null;   // some proxy's words, quoted as they are
        }
    }

    private static string Quote(HttpStatusCode code, ReadOnlySpan<byte> body)
    {
        string text = Encoding.UTF8.GetString(body[..Math.Min(body.Length, MaxQuoted)]).ReplaceLineEndings(" ").Trim();
        return text.Length == 0 ? $"HTTP {(int)code}" : $"HTTP {(int)code}: {text}";
    }

    private static Exception Innermost(Exception e) => e.InnerException is { } inner ? Innermost(inner) : e;
}
