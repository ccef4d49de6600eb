using System.Collections.Immutable;
using System.Globalization;

namespace Firstline.Faults;

/// <summary>What many schedules came to.</summary>
/// <param name="Runs">Schedules played.</param>
/// <param name="Elapsed">Real time.</param>
/// <param name="LiveBefore">Bytes alive after the first tenth of the schedules.</param>
/// <param name="LiveAfter">Bytes alive after all.</param>
/// <param name="Connections">What those over TLS and HTTP/2, every second one, met.</param>
/// <param name="Violations">One sentence each, with the seed.</param>
internal sealed record CampaignResult(int Runs, TimeSpan Elapsed, long LiveBefore, long LiveAfter, ConnectionTally Connections, ImmutableArray<string> Violations)
{
    public string ToText() => string.Create(
        CultureInfo.InvariantCulture,
        $"{string.Concat(Violations.Select(static v => v + "\n"))}schedules run: {Runs}, violations: {Violations.Length} ({Elapsed.TotalSeconds:0} s; live memory {LiveBefore / 1e6:0.0} MB, then {LiveAfter / 1e6:0.0} MB; over HTTP/2 {Connections.Requests} requests, connections reset {Connections.Resets} times and silent {Connections.Silences})");
}
