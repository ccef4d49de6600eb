using System.Diagnostics.Metrics;
using Firstline.Controllers.Detection;

namespace Firstline.Benchmarks.Judging;

/// <summary>Tells when the detection has nothing left to do; looked at each time that one of its keys is done, which its metric tells.</summary>
internal sealed class Rest : IDisposable
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(5);

    private readonly MeterListener _listener = new();
    private readonly DetectionController _detection;
    private volatile Wait? _wait;

    public Rest(DetectionController detection)
    {
        _detection = detection;
        _listener.InstrumentPublished = static (instrument, listener) =>
        {
            if (instrument.Name == "workqueue_work_duration_seconds")
            {
                listener.EnableMeasurementEvents(instrument);
            }
        };
        _listener.SetMeasurementEventCallback<double>((_, _, _, _) => Look());
        _listener.Start();
    }

    /// <summary>Returns when that is so, and all keys are done.</summary>
    /// <exception cref="TimeoutException">It does not come to be.</exception>
    public Task UntilAsync(Func<bool> isSo)
    {
        Wait wait = new(isSo, new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously));
        _wait = wait;
        Look();
        return wait.Over.Task.WaitAsync(Limit);
    }

    public void Dispose() => _listener.Dispose();

    private void Look()
    {
        if (_wait is { } wait && wait.IsSo() && _detection.Load is { Keys: 0 })
        {
            wait.Over.TrySetResult();
        }
    }

    private sealed record Wait(Func<bool> IsSo, TaskCompletionSource Over);
}
