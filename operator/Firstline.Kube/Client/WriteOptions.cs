namespace Firstline.Kube.Client;

/// <summary>How a create or patch is made.</summary>
public sealed record WriteOptions
{
    /// <summary>Stored, by the client's own field manager.</summary>
    public static readonly WriteOptions Default = new();

    /// <summary>Owner of the fields in <c>managedFields</c>; null takes the client's own (<see cref="KubeClientOptions.FieldManager"/>).</summary>
    public string? FieldManager { get; init; }

    public WriteMode Mode { get; init; }

    /// <summary>Time in which it may be sent; not sent, and not sent again, after it. Null for no limit. See <see cref="Leases.ILeadership.EnsureLeader"/>.</summary>
    public TimeSpan? OnceWithin { get; init; }

    /// <summary>Subresource to write, such as <c>status</c>; empty for the object itself.</summary>
    public string Subresource { get; init; } = "";

    /// <summary>What the server does with fields it does not know.</summary>
    public FieldValidation FieldValidation { get; init; }
}
