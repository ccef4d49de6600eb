namespace Firstline.Benchmarks.Crashes;

/// <summary>An operator whose API server, and the simulated cluster with it, is stopped and started again at one of its requests.</summary>
internal sealed class ServerRestart(CrashPoint point) : Ordeal
{
    private string? _request;
    private TimeSpan _took;

    public override string Kind => "server restarts";

    public override string What => $"API server started anew {point}{(_request is null ? " not reached" : $": {_request}")}, in {_took.TotalSeconds:0.0} s";

    public override bool IsReached => _request is not null;

    public override async Task PlayAsync(Theatre theatre, Task over)
    {
        // The request waits meanwhile, and goes to the new server.
        await using CrashGate gate = await CrashGate.StartAsync(theatre.Server, point, async () =>
        {
            TimeSpan begun = theatre.Moments.Now;
            await theatre.RestartServerAsync();
            _took = theatre.Moments.Now - begun;
        });
        try
        {
            await using Incarnation one = theatre.Bear(gate.Address);
            await over;
        }
        finally
        {
            _request = gate.Reached.IsCompleted ? await gate.Reached : null;
            Requests = gate.Requests;
        }
    }
}
