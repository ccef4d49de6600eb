using System.Globalization;
using System.Numerics;
using Firstline.Api.V1Alpha1;
using Firstline.Core.Facts;
using Firstline.Core.Planning;

namespace Firstline.Core.Gates;

/// <summary>Lets a runbook revision go from target to target in waves: one first, then two, four, eight as each wave helped; and stops it when too many did not.</summary>
/// <remarks>A human who approves a request has seen how the others went: the share of failures stops what runs by itself alone.</remarks>
public sealed class StagedRolloutGate : IGate
{
    private const int DefaultFailedPercent = 25;

    /// <summary>Runs that ended longer ago do not count.</summary>
    public static readonly TimeSpan Window = TimeSpan.FromHours(24);

    /// <inheritdoc/>
    public string Name => "StagedRollout";

    /// <inheritdoc/>
    public GateVerdict Judge(GateInput input, DateTimeOffset now)
    {
        if (input.Policy is not { } policy)
        {
            return this.Closed(GateReasons.PolicyMissing, "without a policy the share of failures that is allowed is not known");
        }

        if (input.HasBegun)
        {
            return this.Open("what it began is finished");
        }

        if (input.RunsOfRunbook is not { } all)
        {
            return this.Closed(GateReasons.RequestsUnknown, "the other requests of the runbook can't be listed");
        }

        RemediationRequest[] runs =
            [.. all.Where(r => r.Metadata.Uid != input.Request.Metadata.Uid && r.Spec.Runbook.Revision == input.Request.Spec.Runbook.Revision && (Progress.IsUnderWay(r) || Progress.FirstChange(r) > now - Window))];
        return Stopped(input.Request, runs, policy.Limits.MaxFailedPercent ?? DefaultFailedPercent) ?? Wave(runs);
    }

    private GateVerdict? Stopped(RemediationRequest request, RemediationRequest[] runs, int allowed)
    {
        RemediationRequest[] ended = [.. runs.Where(static r => (CircuitBreaker.FailedAt(r) ?? r.Status?.Verification?.FinishedAt) is not null)];
        DateTimeOffset[] failures = [.. ended.Select(CircuitBreaker.FailedAt).OfType<DateTimeOffset>().Order()];
        if (request.Spec.Level != RemediationLevel.L1 || failures.Length * 100 <= allowed * ended.Length)
        {
            return null;
        }

        string seen = string.Create(CultureInfo.InvariantCulture, $"{failures.Length} of {Counted.Of(ended.Length, "run")} failed");
        string limit = string.Create(CultureInfo.InvariantCulture, $"{allowed} %");
        return this.Closed(
            GateReasons.RolloutStopped, $"{seen} within a day; above {limit} the runbook goes to no other target by itself", seen, limit, failures[^1] + Window);
    }

    private GateVerdict Wave(RemediationRequest[] runs)
    {
        DateTimeOffset? lastFailure = runs.Select(CircuitBreaker.FailedAt).Max();
        int helped = runs.Count(r => r.Status?.Verification is { Result: VerificationResult.Recovered, FinishedAt: { } at } && !(at <= lastFailure));
        int wave = 1 << BitOperations.Log2((uint)helped + 1);
        int underWay = runs.Count(static r => Progress.IsUnderWay(r) && !Progress.IsPaused(r));
        string seen = Counted.Of(underWay, "run under way", "runs under way"), limit = string.Create(CultureInfo.InvariantCulture, $"{wave} at once");
        return underWay < wave
            ? this.Open("the runbook may go to this target", limit: limit)
            : this.Closed(GateReasons.WaveFull, $"{seen}, and after {Counted.Of(helped, "run")} that helped the runbook goes to {limit}", seen, limit);
    }
}
