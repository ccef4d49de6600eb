using System.Security.Cryptography.X509Certificates;
using Firstline.Faults;

namespace Firstline.Benchmarks.Crashes;

/// <summary>An operator behind a network and a server in trouble: 409, 410, 429 with Retry-After, 500, 503, 504, answers that are slow, cut, lost or old, watches that break, stop, repeat and fall behind.</summary>
internal sealed class ServerFaults(int seed) : Ordeal
{
    /// <summary>After that all goes well again, so that there is an end.</summary>
    private static readonly TimeSpan Trouble = TimeSpan.FromSeconds(4);

    public override string Kind => "server faults";

    public override string What => $"faults of seed {seed}{(SharesConnection ? ", all on one connection" : "")}";

    public override bool IsReached => true;

    // Half of them by TLS and HTTP/2, as a cluster is reached.
    private bool SharesConnection => seed % 2 == 0;

    public override async Task PlayAsync(Theatre theatre, Task over)
    {
        using X509Certificate2? certificate = SharesConnection ? TestCertificate.Create() : null;
        FaultPlan plan = new(seed) { MayFallSilent = false };   // an operator's pings find a silent connection after 45 s of the world's time; the fault schedules have it
        using CancellationTokenSource healing = new(Trouble);
        await using CancellationTokenRegistration healed = healing.Token.Register(plan.Heal);
        await using FaultProxy proxy = await FaultProxy.StartAsync(theatre.Server, plan, certificate);
        await using Incarnation one = theatre.Bear(proxy.Address, authority: certificate);
        await over;
    }
}
