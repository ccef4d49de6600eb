using System.Globalization;
using Firstline.Api.Meta;
using Firstline.Api.V1Alpha1;
using Firstline.Core.Facts;
using Firstline.Core.Planning;

namespace Firstline.Core.Verification;

/// <summary>Judges whether a change that was undone is gone: the target is what it was when it was planned on, and at least as many of its pods are ready as before the change.</summary>
/// <remarks>The target was in trouble before, so that its pods may come and go: their number has to be reached when the stable time is over, not all the while.</remarks>
public static class RollbackVerifier
{
    private const string FormerState = "FormerState";
    private const string ReadyAsBefore = "ReadyAsBefore";

    /// <summary>One look. <see cref="VerificationResult.Recovered"/> says that the target is as it was, <see cref="VerificationResult.Unchanged"/> that it is not, and
    /// <see cref="VerificationResult.Worse"/> that it is, with fewer ready pods.</summary>
    public static VerificationLook Look(RollbackInput input, DateTimeOffset now)
    {
        DateTimeOffset undone = Verifier.Past(input.UndoneAt, now) ?? Verifier.Past(input.Record?.StartedAt, now) ?? now;
        (bool? IsSo, string Message) state = StateOf(input), pods = PodsOf(input);
        VerificationRecord record = new()
        {
            StartedAt = undone,
            ReadyPodsBefore = input.ReadyPodsBefore,
            Checks = [Check(FormerState, state), Check(ReadyAsBefore, pods)],
            HealthySince = state.IsSo == true ? Verifier.Past(input.Record?.HealthySince, now) ?? now : null,
        };
        return ChangedByOthers(input) is { } others
            ? Verifier.Decided(record, VerificationResult.Inconclusive, VerificationReasons.Inconclusive, others, now)
            : Judge(input, record, state.IsSo, pods.IsSo, now);
    }

    private static VerificationLook Judge(RollbackInput input, VerificationRecord record, bool? isBack, bool? areReady, DateTimeOffset now)
    {
        TimeSpan timeout = VerificationDefaults.Timeout(input.Spec);
        DateTimeOffset end = record.StartedAt + timeout;
        DateTimeOffset stable = record.HealthySince + VerificationDefaults.StableFor(input.Spec) ?? end;
        string seen = string.Join("; ", record.Checks.Select(static c => c.Message));
        if (isBack == true && areReady == true && now >= stable)
        {
            return Verifier.Decided(record, VerificationResult.Recovered, VerificationReasons.Recovered, seen, now);
        }

        if (now < end)
        {
            return new(record, VerificationReasons.Verifying, seen, stable > now && stable < end ? stable : end);
        }

        (VerificationResult result, string reason) = (isBack, areReady) switch
        {
            (false, _) => (VerificationResult.Unchanged, VerificationReasons.Unchanged),
            (true, false) => (VerificationResult.Worse, VerificationReasons.Worse),
            _ => (VerificationResult.Inconclusive, VerificationReasons.Inconclusive),
        };
        return Verifier.Decided(record, result, reason, $"after {Duration.From(timeout)}: {seen}", now);
    }

    private static CheckRecord Check(string name, (bool? IsSo, string Message) seen) => new() { Name = name, Holds = seen.IsSo == true, Message = BoundedText.Shorten(seen.Message, 1024) };

    private static (bool? IsSo, string Message) StateOf(RollbackInput input) => input switch
    {
        { IsCacheCurrent: false } => (null, "the caches may be behind the cluster"),
        { Situation: null } => (null, $"{input.Target} can't be seen"),
        { Situation.Exists: false } => (false, $"{input.Target} is gone"),
        { FormerContentHash: { } former, ContentHash: { } left } when former != left => (false, $"{input.Target} is not what it was when the change was planned"),
        { Generation: { } made, Situation.Workload: { } workload } when workload.Generation < made || workload.ObservedGeneration < made =>
            (null, string.Create(CultureInfo.InvariantCulture, $"nothing has followed the rollback of {input.Target} yet: generation {workload.ObservedGeneration} of {made}")),
        { ContentHash: { } left, Situation: var seen } when PlannedTarget.Of(input.Target, seen).ContentHash is { } now && now != left => (null, $"the rollback of {input.Target} is not seen yet"),
        _ => (true, $"{input.Target} is what it was"),
    };

    private static (bool? IsSo, string Message) PodsOf(RollbackInput input)
    {
        if (!input.IsCacheCurrent || input.Situation is not { Exists: true } situation || input.ReadyPodsBefore is not { } before)
        {
            return (null, "its ready pods can't be compared");
        }

        int ready = PlannedTarget.Of(input.Target, situation).ReadyPods;
        return (ready >= before, string.Create(CultureInfo.InvariantCulture, $"{Counted.Of(ready, "pod")} ready, {before} before the change"));
    }

    // An autoscaler that follows the load changes nothing of what was undone.
    private static string? ChangedByOthers(RollbackInput input) =>
        input is { IsCacheCurrent: true, Generation: { } made, Situation: { Exists: true, Workload: { } seen } } && seen.Generation > made
        && (input.ContentHash is null || seen.ScaledSpecHash != input.ContentHash)
            ? string.Create(CultureInfo.InvariantCulture, $"{input.Target} was changed by somebody else since: generation {seen.Generation}, the rollback made it {made}")
            : null;
}
