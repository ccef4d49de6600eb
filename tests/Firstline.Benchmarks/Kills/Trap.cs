namespace Firstline.Benchmarks.Kills;

/// <summary>Kills the sender of the request that a <see cref="KillPoint"/> names, on the server's thread that reads or has answered it.</summary>
internal sealed class Trap
{
    private readonly Lock _gate = new();
    private readonly OperatorPair _operators;
    private readonly Moments _moments;
    private KillPoint? _point;
    private HashSet<string> _settled = [];
    private TaskCompletionSource<Kill>? _sprung;
    private int _left;

    public Trap(RequestLog requests, OperatorPair operators, Moments moments)
    {
        (_operators, _moments) = (operators, moments);
        requests.Seen += OnSeen;
    }

    /// <summary>Sets the trap.</summary>
    /// <param name="point">Where.</param>
    /// <param name="settled">Names of objects of incidents that are over: what is still written about them does not count.</param>
    /// <returns>The kill, when it was done.</returns>
    public Task<Kill> Set(KillPoint point, IEnumerable<string> settled)
    {
        lock (_gate)
        {
            (_point, _left, _settled, _sprung) = (point, point.Number, [.. settled], new(TaskCreationOptions.RunContinuationsAsynchronously));
            return _sprung.Task;
        }
    }

    /// <summary>Takes the trap away; false when it has sprung.</summary>
    public bool TakeAway()
    {
        lock (_gate)
        {
            bool wasSet = _point is not null;
            _point = null;
            return wasSet;
        }
    }

    private void OnSeen(ServedRequest request)
    {
        lock (_gate)
        {
            if (_point is null || !_point.Matches(request) || _settled.Contains(request.Name) || --_left > 0)
            {
                return;
            }

            _point = null;
            Seat seat = _operators.Of(request);
            seat.Kill();
            _sprung!.SetResult(new(seat, _moments.Now));
        }
    }
}
