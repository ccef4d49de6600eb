using Firstline.Api.V1Alpha1;
using Firstline.Core.Planning;

namespace Firstline.Core.Gates;

/// <summary>Reads from a request's status how far it is.</summary>
public static class Progress
{
    /// <summary>True when a change is known to have been made. An intent alone does not count: it may be hours old, from before a crash.</summary>
    public static bool HasBegun(RemediationRequest request) => request.Status?.Steps.Any(static s => s.AppliedAt is not null) == true;

    /// <summary>True when its outcome is recorded: nothing more is decided about it.</summary>
    public static bool IsSettled(RemediationRequest request) => request.Status?.Outcome is not null;

    /// <summary>True from the first intent to the outcome: it holds the lock on its target.</summary>
    public static bool IsUnderWay(RemediationRequest request) => request.Status is { Steps.IsEmpty: false } && !IsSettled(request);

    /// <summary>When it last changed something; null when it never did.</summary>
    public static DateTimeOffset? LastChange(RemediationRequest request) =>
        request.Status?.Steps.Select(static s => s.RolledBackAt ?? s.AppliedAt).Max();

    /// <summary>When it first changed something; null when it never did.</summary>
    public static DateTimeOffset? FirstChange(RemediationRequest request) => request.Status?.Steps.Select(static s => s.AppliedAt).Min();

    /// <summary>True when both change one object, whether or not they name its namespace.</summary>
    public static bool HaveSameTarget(RemediationRequest one, RemediationRequest other)
    {
        TargetRef a = TouchedObjects.TargetOf(one);
        TargetRef b = TouchedObjects.TargetOf(other);
        return a.Kind == b.Kind && a.Name == b.Name && a.Namespace == b.Namespace;
    }
}
