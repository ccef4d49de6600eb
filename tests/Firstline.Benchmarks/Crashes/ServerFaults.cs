using Firstline.Faults;

namespace Firstline.Benchmarks.Crashes;

/// <summary>An operator behind a network and a server in trouble: 409, 410, 429 with Retry-After, 500, 503, 504, answers that are slow, cut, lost or old, watches that break, stop, repeat and fall behind.</summary>
internal sealed class ServerFaults(int seed) : Ordeal
{
    /// <summary>After that all goes well again, so that there is an end.</summary>
    private static readonly TimeSpan Trouble = TimeSpan.FromSeconds(4);

    public override string Kind => "server faults";

    public override string What => $"faults of seed {seed}";

    public override bool IsReached => true;

    public override async Task PlayAsync(Theatre theatre, Task over)
    {
        FaultPlan plan = new(seed);
        using CancellationTokenSource healing = new(Trouble);
        await using CancellationTokenRegistration healed = healing.Token.Register(plan.Heal);
        await using FaultProxy proxy = await FaultProxy.StartAsync(theatre.Server, plan);
        await using Incarnation one = theatre.Bear(proxy.Address);
        await over;
    }
}
