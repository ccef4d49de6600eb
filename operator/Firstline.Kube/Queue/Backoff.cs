namespace Firstline.Kube.Queue;

/// <summary>How long to wait before the next try: doubles from <paramref name="First"/> up to <paramref name="Longest"/>.</summary>
/// <param name="First">Wait after the first failure.</param>
/// <param name="Longest">Never longer than this.</param>
/// <param name="Jitter">Share in [0, 1] that is added at random, so that many do not come back at once.</param>
public sealed record Backoff(TimeSpan First, TimeSpan Longest, double Jitter = 0.1)
{
    /// <summary>client-go's per-item limiter: 5 ms up to 1000 s, here capped at 5 min so that an incident is never left alone for longer.</summary>
    public static readonly Backoff PerItem = new(TimeSpan.FromMilliseconds(5), TimeSpan.FromMinutes(5));

    /// <summary>client-go's reflector: 800 ms up to 30 s, doubled at random.</summary>
    public static readonly Backoff Reconnect = new(TimeSpan.FromMilliseconds(800), TimeSpan.FromSeconds(30), 1.0);

    /// <param name="failures">Failures so far, from 1.</param>
    /// <param name="random">Number in [0, 1).</param>
    /// <param name="atLeast">A wait that somebody else asked for; never makes it longer than <see cref="Longest"/>.</param>
    public TimeSpan Delay(int failures, double random, TimeSpan atLeast = default)
    {
        double factor = Math.Pow(2, Math.Clamp(failures - 1, 0, 40));
        double seconds = Math.Min(Math.Max(First.TotalSeconds * factor, atLeast.TotalSeconds), Longest.TotalSeconds);
        return TimeSpan.FromSeconds(seconds * (1 + (Jitter * random)));
    }
}
