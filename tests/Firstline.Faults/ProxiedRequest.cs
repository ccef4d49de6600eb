using System.Net.Http.Headers;
using Microsoft.AspNetCore.Http;

namespace Firstline.Faults;

/// <summary>A client's request as it is handed on.</summary>
internal static class ProxiedRequest
{
    public static HttpRequestMessage Of(HttpContext context, byte[] body)
    {
        HttpRequestMessage request = new(new HttpMethod(context.Request.Method), context.Request.Path + context.Request.QueryString.Value);
        request.Headers.TryAddWithoutValidation("Authorization", context.Request.Headers.Authorization.ToString());
        request.Headers.TryAddWithoutValidation("User-Agent", context.Request.Headers.UserAgent.ToString());
        if (body.Length > 0)
        {
            request.Content = new ByteArrayContent(body);
            request.Content.Headers.ContentType = MediaTypeHeaderValue.Parse(context.Request.ContentType ?? "application/json");
        }

        return request;
    }
}
