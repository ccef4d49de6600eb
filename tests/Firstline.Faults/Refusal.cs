using Microsoft.AspNetCore.Http;

namespace Firstline.Faults;

/// <summary>Answers that an API server in trouble gives.</summary>
internal static class Refusal
{
    private static readonly (int Code, string Reason)[] Kinds =
        [(409, "Conflict"), (410, "Expired"), (429, "TooManyRequests"), (429, "TooManyRequests"), (500, "InternalError"), (503, "ServiceUnavailable"), (504, "Timeout")];

    public static int Any(Random random) => Kinds[random.Next(Kinds.Length)].Code;

    public static async Task WriteAsync(HttpContext context, int code)
    {
        context.Response.StatusCode = code;
        context.Response.ContentType = "application/json";
        if (code == 429)
        {
            context.Response.Headers.RetryAfter = "1";
        }

        await context.Response.WriteAsync(Status(code), context.RequestAborted);
    }

    public static string Status(int code) =>
        $$"""{"kind":"Status","apiVersion":"v1","metadata":{},"status":"Failure","message":"a fault","reason":"{{Array.Find(Kinds, k => k.Code == code).Reason}}","code":{{code}}}""";
}
