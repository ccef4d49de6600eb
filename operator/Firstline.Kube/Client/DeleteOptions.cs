namespace Firstline.Kube.Client;

/// <summary>How an object is deleted.</summary>
public sealed record DeleteOptions
{
    public static readonly DeleteOptions Default = new();

    /// <summary>Delete only this very object; with it a deletion may be repeated without harm, and is after a broken connection.</summary>
    public string? Uid { get; init; }

    /// <summary>Delete only this version of the object.</summary>
    public string? ResourceVersion { get; init; }

    /// <summary>What becomes of the objects that it owns; null leaves it to the kind's default.</summary>
    public DeletionPropagation? Propagation { get; init; }

    /// <summary>Time to end gracefully, whole seconds; null takes the object's own.</summary>
    public TimeSpan? GracePeriod { get; init; }

    public WriteMode Mode { get; init; }

    /// <summary>Time in which it may be sent; not sent, and not sent again, after it. Null for no limit. See <see cref="Leases.ILeadership.EnsureLeader"/>.</summary>
    public TimeSpan? OnceWithin { get; init; }
}
