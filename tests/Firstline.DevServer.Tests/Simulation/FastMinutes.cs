namespace Firstline.DevServer.Tests.Simulation;

/// <summary>A clock on which a minute takes two seconds, for schedules.</summary>
internal sealed class FastMinutes : TimeProvider
{
    private const int Factor = 30;

    private readonly DateTimeOffset _start = System.GetUtcNow();

    public override DateTimeOffset GetUtcNow() => _start + ((System.GetUtcNow() - _start) * Factor);

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
        new Timer(System.CreateTimer(callback, state, Scale(dueTime), Scale(period)));

    private static TimeSpan Scale(TimeSpan time) => time < TimeSpan.Zero ? time : time / Factor;

    private sealed class Timer(ITimer real) : ITimer
    {
        public bool Change(TimeSpan dueTime, TimeSpan period) => real.Change(Scale(dueTime), Scale(period));

        public void Dispose() => real.Dispose();

        public ValueTask DisposeAsync() => real.DisposeAsync();
    }
}
