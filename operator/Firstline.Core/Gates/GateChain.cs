using System.Collections.Immutable;
using Firstline.Api.V1Alpha1;

namespace Firstline.Core.Gates;

/// <summary>Every gate there is, in order of priority. All are judged each time, so that one look tells everything that is in the way.</summary>
public static class GateChain
{
    /// <summary>The gates before a change, in order of priority. What is asked outside the cluster is asked when all the others are open, so that it comes last.</summary>
    public static readonly ImmutableArray<IGate> Forward =
    [
        new PolicyGate(),
        new KillSwitchGate(),
        new LeadershipGate(),
        new CacheFreshnessGate(),
        new NamespaceGate(),
        new RejectionGate(),
        new ExpiryGate(),
        new StillFiringGate(),
        new StormGate(),
        new DriftGate(),
        new PausedGate(),
        new ProtectedNamespaceGate(),
        new ProtectedObjectGate(),
        new ModeGate(),
        new ChangeWindowGate(),
        new BlastRadiusGate(),
        new DisruptionBudgetGate(),
        new BudgetGate(),
        new StagedRolloutGate(),
        new TargetLockGate(),
        new CooldownGate(),
        new ConcurrencyGate(),
        new RateGate(),
        new ApprovalGate(),
        new VerifierGate(),
    ];

    /// <summary>The gates before a change is undone: those that stop every change. Limits on new changes do not keep one from being taken back.</summary>
    public static readonly ImmutableArray<IGate> Inverse =
    [
        new PolicyGate(),
        new KillSwitchGate(),
        new LeadershipGate(),
        new CacheFreshnessGate(),
        new PausedGate(),
    ];

    /// <summary>Names of those that look at other requests: they may open when one of those begins, ends or gets on.</summary>
    public static readonly ImmutableArray<string> OfOtherRequests =
        [new BudgetGate().Name, new StagedRolloutGate().Name, new TargetLockGate().Name, new CooldownGate().Name, new ConcurrencyGate().Name, new RateGate().Name];

    /// <summary>Names of those that look at other incidents.</summary>
    public static readonly ImmutableArray<string> OfIncidents = [new StormGate().Name];

    /// <summary>The verdict of each gate, in order.</summary>
    public static ImmutableArray<GateVerdict> Judge(ImmutableArray<IGate> gates, GateInput input, DateTimeOffset now) =>
        [.. gates.Select(g => g.Judge(input, now))];

    /// <summary>The first refusal, or else the first closed gate; null when all are open.</summary>
    public static GateVerdict? FirstObstacle(ImmutableArray<GateVerdict> verdicts) =>
        verdicts.FirstOrDefault(static v => v.Decision == GateDecision.Refused) ?? verdicts.FirstOrDefault(static v => v.Decision == GateDecision.Closed);
}
