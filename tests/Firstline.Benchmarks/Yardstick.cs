using System.Diagnostics;
using System.Security.Cryptography;

namespace Firstline.Benchmarks;

/// <summary>A fixed piece of work, so that a figure of a busy machine can be told from one of a slow operator.</summary>
internal static class Yardstick
{
    private const int Rounds = 10_000;

    /// <summary>How long the work takes now: about 5 ms where nobody else computes.</summary>
    public static TimeSpan Measure()
    {
        byte[] block = new byte[1024];
        long start = Stopwatch.GetTimestamp();
        for (int i = 0; i < Rounds; i++)
        {
            SHA256.HashData(block, block.AsSpan(0, 32));
        }

        return Stopwatch.GetElapsedTime(start);
    }
}
