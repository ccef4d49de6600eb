namespace Firstline.Benchmarks.Kills;

/// <summary>One broken Deployment, and the kill in the middle of the work on it.</summary>
/// <param name="Number">Of the round.</param>
/// <param name="Workload">The Deployment.</param>
/// <param name="Point">Where the leader was to be killed.</param>
/// <param name="Kill">The kill; null when the incident was over before the point came.</param>
/// <param name="Takeover">From the kill until the server had answered the next leader's first write of the lease.</param>
/// <param name="SinceRenewal">The same from the killed leader's last renewal on, as the server answered it.</param>
internal sealed record Round(int Number, string Workload, KillPoint Point, Kill? Kill, TimeSpan Takeover, TimeSpan SinceRenewal)
{
    public override string ToString() => Kill is null
        ? $"{Number,4}  {Point.Name,-20} not reached"
        : $"{Number,4}  {Point.Name,-20} {Kill.Seat.Context,-6} {Takeover.TotalSeconds,6:0.00} s, {SinceRenewal.TotalSeconds,6:0.00} s after the last renewal";
}
