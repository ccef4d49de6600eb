namespace Firstline.Host.Http;

/// <summary>Answers of one line of text.</summary>
internal static class PlainAnswers
{
    public static Task AnswerAsync(this HttpContext context, int status, string text, string contentType = "text/plain; charset=utf-8")
    {
        context.Response.StatusCode = status;
        context.Response.ContentType = contentType;
        context.Response.Headers.XContentTypeOptions = "nosniff";
        return HttpMethods.IsHead(context.Request.Method) ? Task.CompletedTask : context.Response.WriteAsync(text, context.RequestAborted);
    }

    /// <summary>Says in one sentence why a request is not served.</summary>
    public static Task RefuseAsync(this HttpContext context, int status, string sentence) => context.AnswerAsync(status, sentence + "\n");
}
