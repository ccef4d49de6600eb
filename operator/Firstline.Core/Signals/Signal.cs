using System.Collections.Immutable;
using Firstline.Api.V1Alpha1;

namespace Firstline.Core.Signals;

/// <summary>A report from outside that something is, or no longer is, in trouble.</summary>
public sealed record Signal
{
    /// <summary>Who sent it.</summary>
    public required IncidentSource Source { get; init; }

    /// <summary>Name, such as the alert's name.</summary>
    public required string Name { get; init; }

    /// <summary>Identity at its source.</summary>
    public required string Fingerprint { get; init; }

    /// <summary>Whether it fires.</summary>
    public required SignalState State { get; init; }

    /// <summary>When it began to fire.</summary>
    public required DateTimeOffset StartsAt { get; init; }

    /// <summary>When it stopped; null while it fires.</summary>
    public DateTimeOffset? EndsAt { get; init; }

    /// <summary>Labels, bounded in number and length.</summary>
    public ImmutableSortedDictionary<string, string> Labels { get; init; } = ImmutableSortedDictionary<string, string>.Empty;

    /// <summary>What it says, in one sentence; bounded.</summary>
    public string Summary { get; init; } = "";

    /// <summary>The object that its labels name (a pod is mapped to its root by the caller); null when they name none.</summary>
    public TargetRef? Target { get; init; }

    /// <summary>Cause from the taxonomy that the signal points to (see <see cref="AlertCatalogue"/>); null when it points to none.</summary>
    public string? CauseHint { get; init; }

    /// <summary>Category that the rules give it (see <see cref="SignalRules"/>); null for that of the cause.</summary>
    public string? Category { get; init; }
}
