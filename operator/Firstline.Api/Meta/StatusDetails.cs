using System.Collections.Immutable;

namespace Firstline.Api.Meta;

/// <summary>What a <see cref="Status"/> is about.</summary>
public sealed record StatusDetails
{
    /// <summary>Name of the object.</summary>
    public string? Name { get; init; }

    /// <summary>API group of the object; null for the core group.</summary>
    public string? Group { get; init; }

    /// <summary>Plural name or kind of the object, as the API server writes it.</summary>
    public string? Kind { get; init; }

    /// <summary>UID of the object.</summary>
    public string? Uid { get; init; }

    /// <summary>One entry per field error or conflict.</summary>
    public ImmutableArray<StatusCause> Causes { get; init => field = value.IsDefault ? [] : value; } = [];

    /// <summary>Seconds to wait before a retry; null when no advice was given.</summary>
    public int? RetryAfterSeconds { get; init; }
}
