using System.Diagnostics.CodeAnalysis;
using Firstline.Api.V1Alpha1;
using Firstline.Kube.Queue;

namespace Firstline.Controllers.Detection;

/// <summary>Takes targets from a queue, several at once and each by one worker at a time, until it is told to stop.</summary>
/// <param name="queue">The queue.</param>
/// <param name="workers">How many at once.</param>
/// <param name="work">What is done with a target.</param>
/// <param name="failed">Called with what <paramref name="work"/> throws: logs it, and puts the target back.</param>
internal sealed class TargetLoop(WorkQueue<TargetRef> queue, int workers, Func<TargetRef, CancellationToken, Task> work, Action<TargetRef, Exception> failed)
{
    /// <summary>Runs until the queue is shut down; with <paramref name="stopTaking"/> what is in it is let go, with <paramref name="abort"/> work is left in its middle.</summary>
    public async Task RunAsync(CancellationToken stopTaking, CancellationToken abort)
    {
        using CancellationTokenRegistration stop = stopTaking.Register(queue.ShutDown);
        await Task.WhenAll(Enumerable.Range(0, workers).Select(_ => Task.Run(() => WorkAsync(stopTaking, abort), CancellationToken.None)));
    }

    private async Task WorkAsync(CancellationToken stopTaking, CancellationToken abort)
    {
        while (await queue.TakeAsync(abort) is (true, var key))
        {
            try
            {
                if (!stopTaking.IsCancellationRequested)
                {
                    await OnceAsync(key, abort);
                }
            }
            finally
            {
                queue.Done(key);
            }
        }
    }

    [SuppressMessage("Design", "CA1031:Do not catch general exception types", Justification = "The runtime loop is where errors end: logged, and tried again.")]
    private async Task OnceAsync(TargetRef key, CancellationToken ct)
    {
        try
        {
            await work(key, ct);
        }
        catch (OperationCanceledException) when (ct.IsCancellationRequested)
        {
            return;
        }
        catch (Exception e)
        {
            failed(key, e);
        }
    }
}
