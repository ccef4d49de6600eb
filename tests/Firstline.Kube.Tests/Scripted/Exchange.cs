using System.Text;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;

namespace Firstline.Kube.Tests.Scripted;

/// <summary>One request and its answer, which the test writes.</summary>
internal sealed class Exchange(HttpContext context, byte[] body)
{
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public Task Ended => _ended.Task;

    public string Method => context.Request.Method;

    public string Path => context.Request.Path.Value ?? "";

    /// <summary>Which connection it came on.</summary>
    public string Connection => context.Connection.Id;

    public string Protocol => context.Request.Protocol;

    public bool IsWatch => Query("watch") == "true";

    public JsonNode? Body => body.Length == 0 ? null : JsonNode.Parse(body);

    public string BodyText => Encoding.UTF8.GetString(body);

    public string Query(string name) => context.Request.Query[name].ToString();

    public string Header(string name) => context.Request.Headers[name].ToString();

    /// <summary>Completes when the client has gone away.</summary>
    public Task ClientGoneAsync()
    {
        TaskCompletionSource gone = new(TaskCreationOptions.RunContinuationsAsynchronously);
        context.RequestAborted.Register(() => gone.TrySetResult());
        return gone.Task.WaitAsync(Patience.Limit);
    }

    public Exchange WithHeader(string name, string value)
    {
        context.Response.Headers[name] = value;
        return this;
    }

    /// <summary>The whole answer.</summary>
    public async Task AnswerAsync(string json, int code = 200)
    {
        context.Response.StatusCode = code;
        context.Response.ContentType = "application/json";
        await context.Response.WriteAsync(json);
        End();
    }

    public Task FailAsync(int code, string reason, string message) => AnswerAsync(ServerJson.Status(code, reason, message), code);

    /// <summary>Starts a streamed answer, or goes on with it.</summary>
    public async Task SendAsync(string text)
    {
        if (!context.Response.HasStarted)
        {
            context.Response.ContentType = "application/json";
        }

        await context.Response.Body.WriteAsync(Encoding.UTF8.GetBytes(text));
        await context.Response.Body.FlushAsync();
    }

    /// <summary>Ends the answer in order.</summary>
    public void End() => _ended.TrySetResult();

    /// <summary>Cuts the connection.</summary>
    public void Abort()
    {
        if (_ended.Task.IsCompleted)
        {
            return;   // the context may serve another request already
        }

        context.Abort();
        End();
    }
}
