namespace Firstline.Kube.Queue;

/// <summary>What a queue, or several together, have to do now.</summary>
/// <param name="Keys">Keys that wait for a worker or are being worked on.</param>
/// <param name="NextDue">When the next delayed key is due, counted from now; null when none is. Zero or less for one that is overdue.</param>
public readonly record struct QueueLoad(int Keys, TimeSpan? NextDue)
{
    /// <summary>Nothing to do, now or later.</summary>
    public static readonly QueueLoad None = new(0, null);

    /// <summary>Both together.</summary>
    public static QueueLoad operator +(QueueLoad left, QueueLoad right) => Add(left, right);

    /// <summary>Both together.</summary>
    public static QueueLoad Add(QueueLoad left, QueueLoad right) =>
        new(left.Keys + right.Keys, left.NextDue is null || right.NextDue < left.NextDue ? right.NextDue ?? left.NextDue : left.NextDue);
}
