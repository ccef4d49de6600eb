using Microsoft.AspNetCore.Http;

namespace Firstline.Faults;

/// <summary>The other end of a connection that says nothing more.</summary>
internal static class ClientGone
{
    /// <summary>Returns when the client gives the connection up.</summary>
    public static async Task WaitAsync(HttpContext context)
    {
        TaskCompletionSource gone = new(TaskCreationOptions.RunContinuationsAsynchronously);
        await using CancellationTokenRegistration registration = context.RequestAborted.Register(() => gone.TrySetResult());
        await gone.Task;
    }
}
