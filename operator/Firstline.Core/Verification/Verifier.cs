using System.Collections.Immutable;
using System.Globalization;
using Firstline.Api.Meta;
using Firstline.Api.V1Alpha1;
using Firstline.Core.Facts;
using Firstline.Core.Gates;
using Firstline.Core.Planning;

namespace Firstline.Core.Verification;

/// <summary>Judges whether a remediation helped. What can't be seen is never taken as success.</summary>
public static class Verifier
{
    private const string TargetHealthy = "TargetHealthy";
    private const string SignalResolved = "SignalResolved";

    /// <summary>One look.</summary>
    public static VerificationLook Look(VerificationInput input, DateTimeOffset now)
    {
        TargetHealth health = HealthOf(input);
        ImmutableArray<CheckRecord> checks = Checks(input, health);
        bool allHold = checks.All(static c => c.Holds);
        VerificationRecord record = new()
        {
            StartedAt = input.ChangedAt,
            ReadyPodsBefore = input.Record?.ReadyPodsBefore,
            Checks = checks,
            HealthySince = allHold ? Later(input.Record?.HealthySince ?? now, health.LastBreak, input.ChangedAt) : null,
        };
        return allHold ? Stable(input.Spec, record, now) : Unstable(input, record, health, now);
    }

    private static TargetHealth HealthOf(VerificationInput input) => input switch
    {
        { IsCacheCurrent: false } => new(null, "the caches may be behind the cluster"),
        { Situation: null } => new(null, $"{input.Target} can't be seen"),
        { Situation: var situation } => TargetHealth.Of(input.Target, situation),
    };

    private static ImmutableArray<CheckRecord> Checks(VerificationInput input, TargetHealth health)
    {
        List<CheckRecord> checks = [];
        if (input.Spec.TargetHealthy != false || input.Spec.SignalResolved == false)
        {
            checks.Add(new() { Name = TargetHealthy, Holds = health.IsHealthy == true, Message = BoundedText.Shorten(health.Message, 1024) });
        }

        if (input.Spec.SignalResolved != false)
        {
            checks.Add(SignalCheck(input));
        }

        return [.. checks];
    }

    private static CheckRecord SignalCheck(VerificationInput input)
    {
        if (!input.IsCacheCurrent || input.Incident is not { } incident)
        {
            return new() { Name = SignalResolved, Holds = false, Message = "the incident's signals can't be seen" };
        }

        string[] firing = [.. FiringSignals.Of(incident).Select(static s => s.Name)];
        string message = BoundedText.Shorten(firing.Length == 0
            ? "no signal fires"
            : string.Create(CultureInfo.InvariantCulture, $"{firing.Length} signal(s) fire: {string.Join(", ", firing.Take(3))}"), 1024);
        return new() { Name = SignalResolved, Holds = firing.Length == 0, Message = message };
    }

    private static VerificationLook Stable(VerificationSpec spec, VerificationRecord record, DateTimeOffset now)
    {
        TimeSpan stable = VerificationDefaults.StableFor(spec);
        DateTimeOffset until = record.HealthySince!.Value + stable;
        return now >= until
            ? Decided(record, VerificationResult.Recovered, VerificationReasons.Recovered, $"all checks have held for {Duration.From(stable)}", now)
            : new(record, VerificationReasons.Verifying, $"all checks hold; they have to for {Duration.From(stable)} without a break", until);
    }

    private static VerificationLook Unstable(VerificationInput input, VerificationRecord record, TargetHealth health, DateTimeOffset now)
    {
        TimeSpan timeout = VerificationDefaults.Timeout(input.Spec);
        DateTimeOffset end = input.ChangedAt + timeout;
        string seen = string.Join("; ", record.Checks.Where(static c => !c.Holds).Select(static c => c.Message));
        if (now < end)
        {
            return new(record, VerificationReasons.Verifying, $"not yet: {seen}", end);
        }

        string message = $"after {Duration.From(timeout)}: {seen}";
        return health.IsHealthy switch
        {
            null => Decided(record, VerificationResult.Inconclusive, VerificationReasons.Inconclusive, message, now),
            true => Decided(record, VerificationResult.Inconclusive, VerificationReasons.Inconclusive, $"the target is healthy, yet {message}", now),
            false when ReadyPods(input) < record.ReadyPodsBefore => Decided(
                record, VerificationResult.Worse, VerificationReasons.Worse, $"{message}; {ReadyPods(input)} pods ready, {record.ReadyPodsBefore} before", now),
            false => Decided(record, VerificationResult.Unchanged, VerificationReasons.Unchanged, message, now),
        };
    }

    private static int ReadyPods(VerificationInput input) => input.Situation?.Workload?.ReadyPods ?? 0;

    private static VerificationLook Decided(VerificationRecord record, VerificationResult result, string reason, string message, DateTimeOffset now) =>
        new(record with { Result = result, FinishedAt = now }, reason, message, null);

    private static DateTimeOffset Later(DateTimeOffset first, DateTimeOffset? second, DateTimeOffset third)
    {
        DateTimeOffset later = first > third ? first : third;
        return second > later ? second.Value : later;
    }
}
