using System.Collections.Immutable;
using System.Globalization;

namespace Firstline.Benchmarks.Storms;

/// <summary>What became of a storm of alerts.</summary>
/// <param name="Alerts">Alerts that were sent, each with a fingerprint of its own.</param>
/// <param name="Causes">Objects that they were about.</param>
/// <param name="Took">From the first to the last answer.</param>
/// <param name="Incidents">Incidents that there were in the end.</param>
/// <param name="Lost">Fingerprints that no incident holds.</param>
/// <param name="Repeated">Bodies that the operator asked for again.</param>
/// <param name="Requests">Requests of the operator by kind.</param>
/// <param name="IdleMegabytes">Its resident memory before.</param>
/// <param name="HighestMegabytes">Its resident memory at its highest.</param>
internal sealed record StormReport(
    int Alerts, int Causes, TimeSpan Took, int Incidents, int Lost, int Repeated, ImmutableSortedDictionary<string, int> Requests, double IdleMegabytes, double HighestMegabytes)
{
    // What the operator may have while idle (120 MB), and as much again for what is in flight.
    private const double MemoryBar = 240;

    /// <summary>Requests of the operator for each incident, watches apart.</summary>
    public double RequestsPerIncident => (double)Requests.Values.Sum() / Math.Max(1, Incidents);

    /// <summary>What it cost, and what it may.</summary>
    public ImmutableArray<Measure> Measures =>
    [
        new("operator's resident memory at its highest", HighestMegabytes, "MB", MemoryBar),
        new("requests per incident, watches apart", RequestsPerIncident, "", RequestBar.Of((double)Alerts / Causes)),
    ];

    /// <summary>What is not as it should be; empty when all is.</summary>
    public ImmutableArray<string> Violations =>
    [
        .. Incidents == Causes ? [] : new[] { $"{Incidents} incidents for {Causes} causes" },
        .. Lost == 0 ? [] : new[] { $"{Lost} alerts are lost" },
    ];

    public string ToText() => string.Join('\n', (string[])
    [
        string.Create(CultureInfo.InvariantCulture, $"{Alerts} alerts over {Causes} causes in {Took.TotalSeconds:0.0} s, {Repeated} bodies asked for again: {Incidents} incidents, {Lost} alerts lost"),
        string.Create(CultureInfo.InvariantCulture, $"operator's resident memory while idle: {IdleMegabytes:0} MB"),
        .. Measures.Select(static m => m.ToString()),
        .. Requests.OrderByDescending(static r => r.Value).Select(r => string.Create(CultureInfo.InvariantCulture, $"  {(double)r.Value / Math.Max(1, Incidents),8:0.00} {r.Key}")),
        .. Violations.Select(static v => $"violation: {v}"),
    ]);
}
