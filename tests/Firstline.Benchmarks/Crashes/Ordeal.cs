namespace Firstline.Benchmarks.Crashes;

/// <summary>What is done to the operator of one round.</summary>
internal abstract class Ordeal
{
    /// <summary>What it is counted under.</summary>
    public abstract string Kind { get; }

    /// <summary>What was done, for people.</summary>
    public abstract string What { get; }

    /// <summary>False when all was over before anything was done.</summary>
    public abstract bool IsReached { get; }

    /// <summary>True when what was done can make a signal seem to end and begin again: then more than one incident is right, and still one effect.</summary>
    public virtual bool MayOpenMore => false;

    /// <summary>How many requests the first operator made.</summary>
    public int Requests { get; protected set; }

    /// <summary>Lets operators live and die, until the trouble is over and the last of them has stopped.</summary>
    /// <param name="theatre">Where.</param>
    /// <param name="over">Ends when the trouble is over, or fails when that takes too long.</param>
    public abstract Task PlayAsync(Theatre theatre, Task over);
}
