using System.Globalization;

namespace Firstline.Benchmarks.Caches;

/// <summary>What one cache of all pods cost, in a process of its own.</summary>
/// <param name="LiveMegabytes">Managed memory that the cache keeps alive.</param>
/// <param name="ResidentMegabytes">Resident memory of the process.</param>
/// <param name="SocketMilliseconds">Reading the same pages off the socket and throwing them away.</param>
/// <param name="TokensMilliseconds">Reading the same pages and all their JSON tokens, and doing nothing with them: the least that a decoder on this reader takes.</param>
/// <param name="SyncMilliseconds">From the start to the filled cache.</param>
/// <param name="BytesPerEvent">Allocated from a frame's arrival until its handler has returned.</param>
internal sealed record CacheFigures(double LiveMegabytes, double ResidentMegabytes, double SocketMilliseconds, double TokensMilliseconds, double SyncMilliseconds, double BytesPerEvent)
{
    public string ToLine() => string.Create(CultureInfo.InvariantCulture, $"{LiveMegabytes} {ResidentMegabytes} {SocketMilliseconds} {TokensMilliseconds} {SyncMilliseconds} {BytesPerEvent}");

    public static CacheFigures Parse(string line)
    {
        double[] values = [.. line.Split(' ').Select(static v => double.Parse(v, CultureInfo.InvariantCulture))];
        return new(values[0], values[1], values[2], values[3], values[4], values[5]);
    }
}
