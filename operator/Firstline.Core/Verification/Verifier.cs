using System.Collections.Immutable;
using System.Globalization;
using Firstline.Api.Meta;
using Firstline.Api.V1Alpha1;
using Firstline.Core.Actions;
using Firstline.Core.Facts;
using Firstline.Core.Gates;
using Firstline.Core.Planning;

namespace Firstline.Core.Verification;

/// <summary>Judges whether a remediation helped. What can't be seen is never taken as success.</summary>
/// <remarks>Times that lie ahead were noted by a clock that has been put back since; they count from the first look after that, so that an hour's mistake costs no hour.</remarks>
public static class Verifier
{
    private const string TargetHealthy = "TargetHealthy";
    private const string SignalResolved = "SignalResolved";

    /// <summary>One look.</summary>
    public static VerificationLook Look(VerificationInput wanted, DateTimeOffset now)
    {
        VerificationInput input = wanted with { ChangedAt = Past(wanted.ChangedAt, now) ?? Past(wanted.Record?.StartedAt, now) ?? now };
        TargetHealth health = HealthOf(input);
        ImmutableArray<CheckSeen> declared = DeclaredChecks.Of(input, now);
        ImmutableArray<CheckRecord> checks = Checks(input, health, declared);
        bool allHold = checks.All(static c => c.Holds);
        VerificationRecord record = new()
        {
            StartedAt = input.ChangedAt,
            ReadyPodsBefore = input.Record?.ReadyPodsBefore,
            Checks = checks,
            HealthySince = allHold ? Later(Past(input.Record?.HealthySince, now) ?? now, health.LastBreak, input.ChangedAt) : null,
        };
        if (ChangedByOthers(input) is { } others)
        {
            return Decided(record, VerificationResult.Inconclusive, VerificationReasons.Inconclusive, others, now);
        }

        return allHold ? Stable(input.Spec, record, now) : Unstable(input, record, health, declared, now);
    }

    private static TargetHealth HealthOf(VerificationInput input) => input switch
    {
        { IsCacheCurrent: false } => new(null, "the caches may be behind the cluster"),
        { Situation: null } => new(null, $"{input.Target} can't be seen"),
        { Generation: { } made, Situation.Workload.Generation: var seen } when seen < made =>
            new(null, string.Create(CultureInfo.InvariantCulture, $"the change of {input.Target} is not seen yet: generation {seen}, the change made it {made}")),
        { Situation: { Exists: true, Workload.DesiredPods: 0 } } when Workloads.Kinds.Contains(input.Target.Kind) =>
            new(null, $"{input.Target} wants 0 pods, so that none can show that it helped"),
        { Situation: var situation } => TargetHealth.Of(input.Target, situation),
    };

    // What follows another's change is not the doing of this one. An autoscaler that follows the load changes nothing of it.
    private static string? ChangedByOthers(VerificationInput input) =>
        (input.SpecHash is null || input.Situation?.Workload?.ScaledSpecHash != input.SpecHash)
        && input is { IsCacheCurrent: true, Generation: { } made, Situation: { Exists: true, Workload.Generation: var seen } } && seen > made
            ? string.Create(CultureInfo.InvariantCulture, $"{input.Target} was changed by somebody else meanwhile: generation {seen}, this change made it {made}")
            : null;

    private static ImmutableArray<CheckRecord> Checks(VerificationInput input, TargetHealth health, ImmutableArray<CheckSeen> declared)
    {
        List<CheckRecord> checks = [];
        if (input.Spec.TargetHealthy != false || (input.Spec.SignalResolved == false && declared.IsEmpty))
        {
            checks.Add(new() { Name = TargetHealthy, Holds = health.IsHealthy == true, Message = BoundedText.Shorten(health.Message, 1024) });
        }

        if (input.Spec.SignalResolved != false)
        {
            checks.Add(SignalCheck(input));
        }

        return [.. checks, .. declared.Select(static d => new CheckRecord { Name = d.Name, Holds = d.Holds == true, Message = BoundedText.Shorten(d.Message, 1024) })];
    }

    private static CheckRecord SignalCheck(VerificationInput input)
    {
        if (!input.IsCacheCurrent || input.Incident is not { } incident)
        {
            return new() { Name = SignalResolved, Holds = false, Message = "the incident's signals can't be seen" };
        }

        string[] firing = [.. FiringSignals.Of(incident).Select(static s => s.Name)];
        int count = FiringSignals.Count(incident);
        string message = BoundedText.Shorten(count == 0
            ? "no signal fires"
            : $"{Counted.Of(count, "signal fires", "signals fire")}: {string.Join(", ", firing.Take(3))}", 1024);
        return new() { Name = SignalResolved, Holds = count == 0, Message = message };
    }

    private static VerificationLook Stable(VerificationSpec spec, VerificationRecord record, DateTimeOffset now)
    {
        TimeSpan stable = VerificationDefaults.StableFor(spec);
        DateTimeOffset until = record.HealthySince!.Value + stable;
        return now >= until
            ? Decided(record, VerificationResult.Recovered, VerificationReasons.Recovered, $"all checks have held for {Duration.From(stable)}", now)
            : new(record, VerificationReasons.Verifying, $"all checks hold; they have to for {Duration.From(stable)} without a break", until);
    }

    private static VerificationLook Unstable(VerificationInput input, VerificationRecord record, TargetHealth health, ImmutableArray<CheckSeen> declared, DateTimeOffset now)
    {
        TimeSpan timeout = TimeoutOf(input, health);
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
            true when declared.Any(static d => d.Holds == false) && declared.All(static d => d.Holds is not null) => Decided(
                record, VerificationResult.Unchanged, VerificationReasons.Unchanged, $"the target is healthy, yet {message}", now),
            true => Decided(record, VerificationResult.Inconclusive, VerificationReasons.Inconclusive, $"the target is healthy, yet {message}", now),
            false when WasHealthy(input) => Decided(
                record, VerificationResult.Inconclusive, VerificationReasons.Inconclusive, $"the target was healthy and is not any more: {seen}", now),
            false when ReadyPods(input) < record.ReadyPodsBefore => Decided(
                record, VerificationResult.Worse, VerificationReasons.Worse, $"{message}; {ReadyPods(input)} pods ready, {record.ReadyPodsBefore} before", now),
            false => Decided(record, VerificationResult.Unchanged, VerificationReasons.Unchanged, message, now),
        };
    }

    // Prometheus looks minutes back and Alertmanager tells in intervals: a healthy target is given the time that its alerts need.
    private static TimeSpan TimeoutOf(VerificationInput input, TargetHealth health)
    {
        TimeSpan timeout = VerificationDefaults.Timeout(input.Spec);
        bool onlyAlerts = health.IsHealthy == true && input.Incident is { } incident && FiringSignals.Count(incident) > 0
            && FiringSignals.Of(incident).All(static s => s.Source != IncidentSource.Detector);
        return onlyAlerts && timeout < VerificationDefaults.AlertTimeout ? VerificationDefaults.AlertTimeout : timeout;
    }

    // Only the longer wait for alerts leads past the runbook's time with a healthy target.
    private static bool WasHealthy(VerificationInput input) =>
        input.Record?.Checks.Any(static c => c is { Name: TargetHealthy, Holds: true }) == true;

    private static int ReadyPods(VerificationInput input) => input.Situation?.Workload?.ReadyPods ?? 0;

    internal static VerificationLook Decided(VerificationRecord record, VerificationResult result, string reason, string message, DateTimeOffset now) =>
        new(record with { Result = result, FinishedAt = now }, reason, message, null);

    internal static DateTimeOffset? Past(DateTimeOffset? time, DateTimeOffset now) => time <= now ? time : null;

    private static DateTimeOffset Later(DateTimeOffset first, DateTimeOffset? second, DateTimeOffset third)
    {
        DateTimeOffset later = first > third ? first : third;
        return second > later ? second.Value : later;
    }
}
