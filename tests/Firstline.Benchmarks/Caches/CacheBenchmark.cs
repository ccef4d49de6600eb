using System.Diagnostics;
using System.Globalization;
using System.Text;

namespace Firstline.Benchmarks.Caches;

/// <summary>The operator's cache of pods beside one of whole objects, each in a process of its own, before the same server.</summary>
internal static class CacheBenchmark
{
    private const double MemoryBar = 0.25, SyncBar = 2, EventBar = 2048;

    /// <summary>Prints the table; true when all bars hold.</summary>
    public static async Task<bool> RunAsync(IReadOnlyList<int> sizes)
    {
        StringBuilder table = new("pods    cache     pods MB   all MB   RSS MB   socket ms   tokens ms   sync ms   bytes/event   (pods with their ReplicaSets and indexes: all; ms of the processor)\n");
        bool holds = true;
        foreach (int pods in sizes)
        {
            using Process server = Start("pod-server", pods.ToString(CultureInfo.InvariantCulture));
            string address = await server.StandardOutput.ReadLineAsync() ?? throw new InvalidOperationException("the pod server did not start");
            CacheFigures projected = await ProbeAsync(address, "projected");
            CacheFigures whole = await ProbeAsync(address, "document");
            server.StandardInput.Close();
            await server.WaitForExitAsync();
            table.Append(Row(pods, "projected", projected)).Append(Row(pods, "whole", whole));
            holds &= Judge(table, "share of the whole objects' memory, pods", projected.PodMegabytes / whole.PodMegabytes, MemoryBar)
                & Judge(table, "share of the whole objects' memory, all", projected.AllMegabytes / whole.AllMegabytes, MemoryBar)
                & Judge(table, "share of the whole objects' resident memory", projected.ResidentMegabytes / whole.ResidentMegabytes, MemoryBar)
                & Judge(table, "sync time over reading the socket", projected.SyncMilliseconds / projected.SocketMilliseconds, SyncBar)
                & Judge(table, "bytes allocated per event", projected.BytesPerEvent, EventBar);
        }

        Console.WriteLine(table);
        return holds;
    }

    private static async Task<CacheFigures> ProbeAsync(string server, string kind)
    {
        using Process probe = Start("cache-probe", server, kind);
        string line = await probe.StandardOutput.ReadLineAsync() ?? throw new InvalidOperationException($"the {kind} probe ended without figures");
        await probe.WaitForExitAsync();
        return CacheFigures.Parse(line);
    }

    private static Process Start(params string[] arguments)
    {
        ProcessStartInfo start = new("dotnet", [Path.Combine(AppContext.BaseDirectory, "Firstline.Benchmarks.dll"), .. arguments])
        {
            RedirectStandardOutput = true, RedirectStandardInput = true,
        };
        return Process.Start(start)!;
    }

    private static string Row(int pods, string kind, CacheFigures f) => string.Create(
        CultureInfo.InvariantCulture,
        $"{pods,-7} {kind,-9} {f.PodMegabytes,7:0.0} {f.AllMegabytes,8:0.0} {f.ResidentMegabytes,8:0} {f.SocketMilliseconds,11:0} {f.TokensMilliseconds,11:0} {f.SyncMilliseconds,9:0} {f.BytesPerEvent,13:0}\n");

    private static bool Judge(StringBuilder table, string what, double value, double bar)
    {
        table.Append(CultureInfo.InvariantCulture, $"        {what}: {value:0.##}, bar {bar:0.##}: {(value < bar ? "holds" : "MISSED")}\n");
        return value < bar;
    }
}
