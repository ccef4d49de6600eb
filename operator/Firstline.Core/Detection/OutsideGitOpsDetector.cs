using System.Collections.Immutable;
using Firstline.Core.Facts;

namespace Firstline.Core.Detection;

/// <summary>Finds workloads and ConfigMaps that Argo CD or Flux declares and that somebody changed by hand.</summary>
/// <remarks>Told by who set the newest fields (managedFields). What controllers and remediations change, a restart and another number of replicas are left alone, and so is what was changed more
/// than a day ago: Git may say the same by then.</remarks>
public sealed class OutsideGitOpsDetector : IDetector
{
    /// <summary>How long a change by hand may last: what heals itself takes it back.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromMinutes(15);

    /// <summary>How long it is told.</summary>
    public static readonly TimeSpan Window = TimeSpan.FromDays(1);

    // How the tools of people name themselves; a controller's change by its own name is that controller's business.
    private static readonly ImmutableArray<string> Hands = ["kubectl", "k9s", "lens", "node-fetch", "dashboard", "Mozilla"];
    private static readonly ImmutableArray<string> Passing = ["replicas", "kubectl.kubernetes.io/restartedAt"];

    /// <summary>The change by hand of what a tool declares, and that tool; null when there is none.</summary>
    public static (ChangeStamp Change, string Owner)? ByHand(Situation situation)
    {
        ArgumentNullException.ThrowIfNull(situation);
        (ChangeStamp? change, string? owner) = situation switch
        {
            { Workload: { } workload } => (workload.LastChange, DeploymentMarks.GitOpsOwnerOf(workload.Annotations, workload.Labels)),
            { Subject.Kind: "ConfigMap", ConfigMaps: [{ ChangedAt: { } at, ChangedBy: { } by } config] } => (new ChangeStamp(at, by, []), DeploymentMarks.GitOpsOwnerOf(config.Annotations, config.Labels)),
            _ => default,
        };
        return change is not null && owner is not null && IsByHand(change) ? (change, owner) : null;
    }

    private static bool IsByHand(ChangeStamp change) =>
        Hands.Any(h => change.By.StartsWith(h, StringComparison.OrdinalIgnoreCase)) && change.By is not ("kubectl-rollout" or "kubectl-scale" or "kubectl-autoscale")
        && (change.Fields.IsEmpty || !change.Fields.All(static f => Passing.Contains(f)));

    /// <inheritdoc/>
    public string Name => "OutsideGitOps";

    /// <inheritdoc/>
    public DetectorReport Detect(Situation situation, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(situation);
        if (situation is not { Exists: true, Deletion: null } || ByHand(situation) is not var (change, owner) || now - change.Time >= Window)
        {
            return DetectorReport.Nothing;
        }

        DetectorReport report = ContainerSearch.After(Name, situation, change.Time, Patience, now, Text(change, owner));
        return report with { LookAgainAt = report.LookAgainAt ?? change.Time + Window };
    }

    private static string Text(ChangeStamp change, string owner) =>
        $"{(change.Fields.IsEmpty ? "it" : string.Join(", ", change.Fields))} was changed by {change.By}, beside {owner}, which declares it";
}
