using System.Diagnostics;
using System.Globalization;
using System.Text;

namespace Firstline.Benchmarks.Caches;

/// <summary>The operator's cache of pods beside one of whole objects, each in a process of its own, before the same server.</summary>
internal static class CacheBenchmark
{
    /// <summary>Share of the whole objects' memory.</summary>
    public const double MemoryBar = 0.25;

    /// <summary>Times that reading the same pages off the socket takes.</summary>
    public const double SyncBar = 2;

    private const double EventBar = 2048;

    /// <summary>Prints the table; true when all bars hold.</summary>
    public static async Task<bool> RunAsync(IReadOnlyList<int> sizes)
    {
        StringBuilder table = new(
            "pods    cache     pods MB   all MB   RSS MB   socket ms   tokens ms   sync ms   socket wall   sync wall   bytes/event   (pods with their ReplicaSets and indexes: all; ms of the processor, and on the clock: wall)\n");
        bool holds = true;
        foreach (int pods in sizes)
        {
            (CacheFigures projected, CacheFigures whole) = await MeasureAsync(pods, CancellationToken.None);
            table.Append(Row(pods, "projected", projected)).Append(Row(pods, "whole", whole));
            holds &= Judge(table, "share of the whole objects' memory, pods", projected.PodMegabytes / whole.PodMegabytes, MemoryBar)
                & Judge(table, "share of the whole objects' memory, all", projected.AllMegabytes / whole.AllMegabytes, MemoryBar)
                & Judge(table, "share of the whole objects' resident memory", projected.ResidentMegabytes / whole.ResidentMegabytes, MemoryBar)
                & Judge(table, "sync time over reading the socket, of the processor", projected.Sync.Processor / projected.Socket.Processor, SyncBar)
                & Judge(table, "sync time over reading the socket, on the clock", projected.Sync.Wall / projected.Socket.Wall, SyncBar)
                & Judge(table, "bytes allocated per event", projected.BytesPerEvent, EventBar);
        }

        Console.WriteLine(table);
        return holds;
    }

    /// <summary>Both caches before the same pods.</summary>
    public static async Task<(CacheFigures Projected, CacheFigures Whole)> MeasureAsync(int pods, CancellationToken ct)
    {
        using Process server = Start("pod-server", pods.ToString(CultureInfo.InvariantCulture));
        try
        {
            string address = await server.StandardOutput.ReadLineAsync(ct) ?? throw new InvalidOperationException("the pod server did not start");
            return (await ProbeAsync(address, "projected", ct), await ProbeAsync(address, "document", ct));
        }
        finally
        {
            server.Kill();
        }
    }

    private static async Task<CacheFigures> ProbeAsync(string server, string kind, CancellationToken ct)
    {
        using Process probe = Start("cache-probe", server, kind);
        try
        {
            return CacheFigures.Parse(await probe.StandardOutput.ReadLineAsync(ct) ?? throw new InvalidOperationException($"the {kind} probe ended without figures"));
        }
        finally
        {
            probe.Kill();
        }
    }

    /// <summary>This program again, with other arguments.</summary>
    internal static Process Start(params string[] arguments)
    {
        ProcessStartInfo start = new("dotnet", [Path.Combine(AppContext.BaseDirectory, "Firstline.Benchmarks.dll"), .. arguments])
        {
            RedirectStandardOutput = true, RedirectStandardInput = true,
        };
        return Process.Start(start)!;
    }

    private static string Row(int pods, string kind, CacheFigures f) => string.Create(
        CultureInfo.InvariantCulture,
        $"{pods,-7} {kind,-9} {f.PodMegabytes,7:0.0} {f.AllMegabytes,8:0.0} {f.ResidentMegabytes,8:0} {f.Socket.Processor,11:0} {f.Tokens.Processor,11:0} {f.Sync.Processor,9:0} {f.Socket.Wall,13:0} {f.Sync.Wall,11:0} {f.BytesPerEvent,13:0}\n");

    internal static bool Judge(StringBuilder table, string what, double value, double bar)
    {
        table.Append(CultureInfo.InvariantCulture, $"        {what}: {value:0.##}, bar {bar:0.##}: {(value < bar ? "holds" : "MISSED")}\n");
        return value < bar;
    }
}
