namespace Firstline.Kube.Client;

/// <summary>The time in which a request may be sent (<see cref="KubeRequest.OnceWithin"/>); open for ever where there is none.</summary>
internal sealed class SendWindow : IDisposable
{
    private readonly TimeProvider _clock;
    private readonly TimeSpan? _length;
    private readonly long _begun;
    private readonly CancellationTokenSource? _end;
    private readonly CancellationTokenSource? _either;
    private readonly CancellationToken _caller;

    public SendWindow(TimeSpan? length, TimeProvider clock, CancellationToken caller)
    {
        _clock = clock;
        _length = length == Timeout.InfiniteTimeSpan ? null : length;
        _begun = clock.GetTimestamp();
        _caller = caller;
        if (_length is { } limited)
        {
            _end = new CancellationTokenSource(limited > TimeSpan.Zero ? limited : TimeSpan.Zero, clock);
            _either = CancellationTokenSource.CreateLinkedTokenSource(caller, _end.Token);
        }
    }

    /// <summary>Cancelled when the window is over or the caller waits no more.</summary>
    public CancellationToken Token => _either?.Token ?? _caller;

    /// <summary>True when nothing may be sent any more. By the clock: a timer may be late, most of all where the machine stood still.</summary>
    public bool IsOver => _length is { } length && (_end!.IsCancellationRequested || _clock.GetElapsedTime(_begun) >= length);

    /// <summary>The error to tell when it is over.</summary>
    public KubeException Error(KubeRequest request, Exception? cause) => KubeErrors.TooLate(request, _length ?? TimeSpan.Zero, cause);

    public void Dispose()
    {
        _either?.Dispose();
        _end?.Dispose();
    }
}
