namespace Firstline.Benchmarks.Crashes;

/// <summary>An operator that dies at a point, and another that is started at once.</summary>
/// <param name="point">Where; null for one that lives.</param>
internal sealed class Crash(CrashPoint? point) : Ordeal
{
    private string? _request;

    public override string Kind => "crashes";

    public override string What => point is null ? "not killed" : _request is null ? $"{point} not reached" : $"killed {point}: {_request}";

    public override bool IsReached => _request is not null;

    public override async Task PlayAsync(Theatre theatre, Task over)
    {
        CrashGate gate = await CrashGate.StartAsync(theatre.Server, point);
        Incarnation first = theatre.Bear(gate.Address);
        if (await Task.WhenAny(gate.Reached, over) == gate.Reached)
        {
            _request = await gate.Reached;
            theatre.Abandon(first, gate);
            await using CrashGate second = await CrashGate.StartAsync(theatre.Server, null);
            await using Incarnation next = theatre.Bear(second.Address);
            await over;
        }
        else
        {
            await first.DisposeAsync();
            await gate.DisposeAsync();
            await over;
        }

        Requests = gate.Requests;
    }
}
