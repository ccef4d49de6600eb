using System.Collections.Immutable;
using Firstline.Core.Facts;

namespace Firstline.Core.Detection;

/// <summary>Finds workloads that a NetworkPolicy keeps from a declared caller: the annotation <c>firstline.dev/callers</c> names workloads of the same namespace, separated by commas.</summary>
/// <remarks>Policies add up: a caller is cut off when some take effect and none lets it in, or none lets it out to the workload. Ports are not looked at.</remarks>
public sealed class CallerCutOffDetector : IDetector
{
    /// <summary>How long it may be so, as while several policies are applied one after the other.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    /// <inheritdoc/>
    public string Name => "CallerCutOff";

    /// <summary>The declared callers that are cut off, each with the policy that changed last of those that do it.</summary>
    public static ImmutableArray<(WorkloadFacts Caller, PolicyFacts By)> Cut(WorkloadFacts called, Surroundings around)
    {
        ArgumentNullException.ThrowIfNull(called);
        ArgumentNullException.ThrowIfNull(around);
        return
        [
            .. from name in called.Callers
               from caller in around.Workloads.Where(w => w.Ref.Name == name).Take(1)
               let policy = Newest(around.Policies.Where(p => p.IsolatesIngress && p.Pods.Selects(called.Declared.Labels)), static p => p.Ingress, caller)
                   ?? Newest(around.Policies.Where(p => p.IsolatesEgress && p.Pods.Selects(caller.Declared.Labels)), static p => p.Egress, called)
               where policy is not null
               select (caller, policy),
        ];
    }

    /// <inheritdoc/>
    public DetectorReport Detect(Situation situation, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(situation);
        return situation is { Exists: true, Workload: { Deletion: null, DesiredPods: > 0 } called } && Cut(called, situation.Around) is [var (caller, by), ..]
            ? ContainerSearch.After(
                Name, situation, Since(by), Patience, now, $"{caller.Ref} is declared to call {situation.Subject}, and NetworkPolicy {by.Ref.Name} does not let it")
            : DetectorReport.Nothing;
    }

    private static PolicyFacts? Newest(IEnumerable<PolicyFacts> isolating, Func<PolicyFacts, ImmutableArray<PolicyRule>> rules, WorkloadFacts peer)
    {
        ImmutableArray<PolicyFacts> all = [.. isolating];
        return all.Any(p => rules(p).Any(r => r.Allows(peer.Declared.Labels, peer.Ref.Namespace ?? "", null))) ? null
            : all.OrderByDescending(Since).ThenBy(static p => p.Ref.Name, StringComparer.Ordinal).FirstOrDefault();
    }

    private static DateTimeOffset Since(PolicyFacts policy) => policy.LastChange?.Time ?? policy.CreatedAt;
}
