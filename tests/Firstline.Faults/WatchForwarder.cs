using System.Text;
using Microsoft.AspNetCore.Http;

namespace Firstline.Faults;

/// <summary>Hands the frames of one watch on, with the faults of its script.</summary>
/// <param name="context">The watch.</param>
/// <param name="script">Its faults.</param>
/// <param name="moved">Told of each frame that went on.</param>
internal sealed class WatchForwarder(HttpContext context, WatchScript script, Pulse moved)
{
    private readonly List<string> _sent = [];
    private string? _held;

    public async Task RunAsync(Stream frames)
    {
        using StreamReader reader = new(frames, Encoding.UTF8);
        int count = 0;
        while (await reader.ReadLineAsync(context.RequestAborted) is { } frame)
        {
            if (script.Fault != WatchFault.None && count++ >= script.After)
            {
                await EndAsync(frame);
                return;
            }

            await ForwardAsync(frame);
        }
    }

    private async Task ForwardAsync(string frame)
    {
        if (_held is { } held)
        {
            _held = null;
            await SendAsync(frame + "\n" + held + "\n");
        }
        else if (script.Random.NextDouble() < script.Disorder)
        {
            _held = frame;
        }
        else
        {
            await SendAsync(frame + "\n");
        }

        if (script.Disorder > 0 && _sent.Count > 0 && script.Random.NextDouble() < script.Disorder)
        {
            await SendAsync(_sent[script.Random.Next(_sent.Count)]);
        }

        if (script.Disorder > 0)
        {
            _sent.Add(frame + "\n");
        }
    }

    private async Task EndAsync(string frame)
    {
        switch (script.Fault)
        {
            case WatchFault.ResetInFrame:
                await SendAsync(frame[..(frame.Length / 2)]);
                context.Abort();
                break;
            case WatchFault.HalfOpen:
                await ClientGone.WaitAsync(context);
                break;
            case WatchFault.Expired:
                await SendAsync($$"""{"type":"ERROR","object":{{Refusal.Status(410)}}}""" + "\n");
                break;
            case WatchFault.Failed:
                await SendAsync($$"""{"type":"ERROR","object":{{Refusal.Status(500)}}}""" + "\n");
                break;
            case WatchFault.Rubbish:
                await SendAsync("<html>bad gateway</html>\n");
                break;
            default:
                await SendAsync(_held is null ? "" : _held + "\n");
                break;
        }
    }

    private async Task SendAsync(string text)
    {
        await context.Response.Body.WriteAsync(Encoding.UTF8.GetBytes(text), context.RequestAborted);
        await context.Response.Body.FlushAsync(context.RequestAborted);
        moved.Beat();
    }
}
