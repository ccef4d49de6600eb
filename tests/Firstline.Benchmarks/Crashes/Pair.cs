using Firstline.Host.Options;

namespace Firstline.Benchmarks.Crashes;

/// <summary>Two operators that compete for the lease, of which the first dies at a point and is followed by another.</summary>
internal sealed class Pair(CrashPoint point) : Ordeal
{
    private string? _request;

    public override string Kind => "two operators";

    public override string What => $"of two operators the first {(_request is null ? $"would be killed {point}" : $"was killed {point}: {_request}")}";

    public override bool IsReached => true;

    public override async Task PlayAsync(Theatre theatre, Task over)
    {
        CrashGate gate = await CrashGate.StartAsync(theatre.Server, point);
        Incarnation first = theatre.Bear(gate.Address, LeaderElectionMode.On);
        await using CrashGate other = await CrashGate.StartAsync(theatre.Server, null);
        await using Incarnation second = theatre.Bear(other.Address, LeaderElectionMode.On);
        if (await Task.WhenAny(gate.Reached, over) == gate.Reached)
        {
            _request = await gate.Reached;
            theatre.Abandon(first, gate);
            await using CrashGate next = await CrashGate.StartAsync(theatre.Server, null);
            await using Incarnation third = theatre.Bear(next.Address, LeaderElectionMode.On);
            await over;
        }
        else
        {
            await first.DisposeAsync();
            await gate.DisposeAsync();
            await over;
        }
    }
}
