using System.Globalization;

namespace Firstline.Benchmarks.Caches;

/// <summary>What one cache of all pods cost, in a process of its own.</summary>
/// <param name="PodMegabytes">Managed memory that the pods keep alive.</param>
/// <param name="AllMegabytes">The same with the ReplicaSets of these pods and all indexes.</param>
/// <param name="ResidentMegabytes">Resident memory of the process with all of it.</param>
/// <param name="Socket">Reading the same pages off the socket and throwing them away.</param>
/// <param name="Tokens">Reading the same pages and all their JSON tokens, and doing nothing with them: the least that a decoder on this reader takes.</param>
/// <param name="Sync">From the start to the filled cache.</param>
/// <param name="BytesPerEvent">Allocated from a frame's arrival until its handler has returned.</param>
internal sealed record CacheFigures(double PodMegabytes, double AllMegabytes, double ResidentMegabytes, Duration Socket, Duration Tokens, Duration Sync, double BytesPerEvent)
{
    public string ToLine() => string.Create(
        CultureInfo.InvariantCulture,
        $"{PodMegabytes} {AllMegabytes} {ResidentMegabytes} {Socket.Processor} {Socket.Wall} {Tokens.Processor} {Tokens.Wall} {Sync.Processor} {Sync.Wall} {BytesPerEvent}");

    public static CacheFigures Parse(string line)
    {
        double[] values = [.. line.Split(' ').Select(static v => double.Parse(v, CultureInfo.InvariantCulture))];
        return new(values[0], values[1], values[2], new(values[3], values[4]), new(values[5], values[6]), new(values[7], values[8]), values[9]);
    }
}
