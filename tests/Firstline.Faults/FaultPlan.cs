namespace Firstline.Faults;

/// <summary>All choices of one schedule, drawn from its seed: the choice for a request depends on the seed, its kind and its number alone.</summary>
internal sealed class FaultPlan(int seed)
{
    private const double Share = 0.35;   // of requests that meet a fault
    private readonly int[] _counts = new int[3];
    private volatile bool _isHealed;
    private int _met;

    // In every fifth pair of schedules, and once in each: the pings that find it out take seconds of the world's time.
    private readonly int _silentAt = seed / 2 % 5 == 0 ? 3 + (seed / 10 % 6) : 0;

    /// <summary>Whether the whole connection may fall silent.</summary>
    public bool MayFallSilent { get; init; } = true;

    /// <summary>From now on nothing goes wrong any more; what is broken stays broken.</summary>
    public void Heal() => _isHealed = true;

    public Random Next(int kind) => new(HashCode(seed, kind, Interlocked.Increment(ref _counts[kind])));

    public AnswerFault OfRead(Random random) => Any(random) ? Pick(
        random, AnswerFault.Stale, AnswerFault.Stale, AnswerFault.Refused, AnswerFault.ResetInBody, AnswerFault.SilentInBody) : AnswerFault.None;

    public AnswerFault OfWrite(Random random) => Any(random) ? Pick(
        random, AnswerFault.Refused, AnswerFault.Refused, AnswerFault.DoneButReset, AnswerFault.DoneButError) : AnswerFault.None;

    /// <summary>Whether the watch is refused at once, and otherwise how it goes.</summary>
    public (bool IsRefused, WatchScript Script) OfWatch(Random random)
    {
        bool isRefused = Any(random) && random.Next(3) == 0;
        double disorder = !_isHealed && random.Next(3) == 0 ? 0.3 : 0;
        WatchFault fault = _isHealed || random.Next(8) == 0
            ? WatchFault.None
            : disorder > 0 ? WatchFault.Ended
            : Pick(random, WatchFault.Ended, WatchFault.ResetInFrame, WatchFault.ResetInFrame, WatchFault.HalfOpen, WatchFault.Expired, WatchFault.Failed, WatchFault.Rubbish);
        return (isRefused, new WatchScript(fault, random.Next(12), disorder, random));
    }

    /// <summary>What happens to the whole connection when a request comes on it.</summary>
    public ConnectionFault OfConnection(Random random)
    {
        bool isSilent = Interlocked.Increment(ref _met) == _silentAt && MayFallSilent;
        return _isHealed ? ConnectionFault.None
            : isSilent ? ConnectionFault.Silent
            : random.Next(30) == 0 ? ConnectionFault.Reset
            : ConnectionFault.None;
    }

    /// <summary>Milliseconds before an answer.</summary>
    public int Latency(Random random) => !_isHealed && random.Next(3) == 0 ? random.Next(1, 6) : 0;

    private bool Any(Random random) => random.NextDouble() < Share && !_isHealed;

    private static T Pick<T>(Random random, params ReadOnlySpan<T> of) => of[random.Next(of.Length)];

    /// <summary>The same in every process, which System.HashCode is not.</summary>
    private static int HashCode(int seed, int kind, int number) => unchecked((((seed * 31) + kind) * 1_000_003) + number) & int.MaxValue;
}
