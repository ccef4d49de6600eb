namespace Firstline.Benchmarks.Crashes;

/// <summary>How often operators changed anything but their own records.</summary>
/// <param name="Answered">Changes that the API server made and answered.</param>
/// <param name="Unanswered">Requests for changes whose sender was gone before the answer: each may or may not have been done.</param>
internal sealed record Effects(int Answered, int Unanswered)
{
    /// <summary>By how much the target's generation grew; null for a kind without one, or a target that is gone.</summary>
    public int? ByTarget { get; init; }

    /// <summary>True when there can have been exactly that many, and none beside the target.</summary>
    public bool Are(int count) => ByTarget is { } seen
        ? seen == count && Answered <= count && Answered + Unanswered >= count
        : Answered <= count && Answered + Unanswered >= count;

    /// <summary>True when there were not more, wherever.</summary>
    public bool AreAtMost(int count) => Answered <= count && (ByTarget ?? 0) <= count;

    public override string ToString() => $"{Answered} effects{(Unanswered > 0 ? $" and {Unanswered} that nobody waited for" : "")}{(ByTarget is { } seen ? $", {seen} seen on the target" : "")}";
}
