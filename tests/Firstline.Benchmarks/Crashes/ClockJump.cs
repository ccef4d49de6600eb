namespace Firstline.Benchmarks.Crashes;

/// <summary>An operator whose clock jumps at one of its requests, away from the API server's, and is put right a while later.</summary>
internal sealed class ClockJump(CrashPoint point, TimeSpan by) : Ordeal
{
    /// <summary>On the clock of the world; a minute on that of the theatre.</summary>
    private static readonly TimeSpan Wrong = TimeSpan.FromSeconds(3);

    private string? _request;

    public override string Kind => "clock jumps";

    public override string What => $"clock {(by > TimeSpan.Zero ? "+" : "")}{by.TotalHours:0} h {point}{(_request is null ? " not reached" : $": {_request}")}";

    public override bool IsReached => _request is not null;

    public override bool MayOpenMore => true;

    public override async Task PlayAsync(Theatre theatre, Task over)
    {
        JumpingClock clock = new(theatre.Clock);
        await using ITimer correction = TimeProvider.System.CreateTimer(_ => clock.Jump(-by), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        await using CrashGate gate = await CrashGate.StartAsync(theatre.Server, point, () =>
        {
            clock.Jump(by);
            correction.Change(Wrong, Timeout.InfiniteTimeSpan);
            return Task.CompletedTask;
        });
        try
        {
            await using Incarnation one = theatre.Bear(gate.Address, clock: clock);
            await over;
        }
        finally
        {
            _request = gate.Reached.IsCompleted ? await gate.Reached : null;
            Requests = gate.Requests;
        }
    }
}
