using Firstline.Api.V1Alpha1;

namespace Firstline.Core.Planning;

/// <summary>Reads from a request's status how far it is.</summary>
public static class Progress
{
    /// <summary>True when a change is known to have been made, be it part of a step. An intent alone does not count: it may be hours old, from before a crash.</summary>
    public static bool HasBegun(RemediationRequest request) => request.Status?.Steps.Any(static s => ChangedAt(s) is not null) == true;

    /// <summary>True when a whole step is known to have been done.</summary>
    public static bool HasFinishedStep(RemediationRequest request) => request.Status?.Steps.Any(static s => s.AppliedAt is not null) == true;

    /// <summary>True while an object that it made, a Job, runs: that can't be taken back, and only its end tells what came of it.</summary>
    public static bool IsRunning(RemediationRequest request) => request.Status?.Steps.FirstOrDefault(static s => s is { State: StepState.Intended, StartedAt: not null }) is { } begun
        && request.Spec.Plan.Steps.Any(s => s.Name == begun.Name && s.Forward.Any(static m => m.Verb == MutationVerb.Create));

    /// <summary>True when its outcome is recorded: nothing more is decided about it.</summary>
    public static bool IsSettled(RemediationRequest request) => request.Status?.Outcome is not null;

    /// <summary>True from the first intent to the outcome: it holds the lock on its target.</summary>
    public static bool IsUnderWay(RemediationRequest request) => request.Status is { Steps.IsEmpty: false } && !IsSettled(request);

    /// <summary>True while it waits for a human's answer: it holds the lock on its target, and is not at work.</summary>
    public static bool IsPaused(RemediationRequest request) =>
        IsUnderWay(request) && request.Status is { Verification: { Result: VerificationResult.Inconclusive, Answer: null }, Steps: var steps }
        && steps.All(static s => s.State is StepState.Applied or StepState.Failed);

    /// <summary>When it last changed something; null when it never did.</summary>
    public static DateTimeOffset? LastChange(RemediationRequest request) =>
        request.Status?.Steps.Select(static s => s.RolledBackAt ?? ChangedAt(s)).Max();

    /// <summary>When it first changed something: the end of its first step, and the begin of one that is at work still; null when it never did.</summary>
    public static DateTimeOffset? FirstChange(RemediationRequest request) => request.Status?.Steps.Select(ChangedAt).Min();

    // Of a step of which only a part was done, the last piece came at the latest when it failed.
    private static DateTimeOffset? ChangedAt(StepRecord step) => step.AppliedAt ?? (step.StartedAt is null ? null : step.FailedAt ?? step.StartedAt);

    /// <summary>True when both change one object, whether or not they name its namespace.</summary>
    public static bool HaveSameTarget(RemediationRequest one, RemediationRequest other)
    {
        TargetRef a = TouchedObjects.TargetOf(one);
        TargetRef b = TouchedObjects.TargetOf(other);
        return a.Kind == b.Kind && a.Name == b.Name && a.Namespace == b.Namespace;
    }
}
