using Firstline.Core.Facts;

namespace Firstline.Core.Detection;

/// <summary>Finds nodes that are not ready, under pressure, without network, or cordoned and forgotten.</summary>
/// <remarks>A drain cordons a node for a while; only one that stays cordoned is forgotten. Where nothing tells since when, it counts as forgotten.</remarks>
public sealed class NodeTroubleDetector : IDetector
{
    /// <summary>How long a condition may last.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    /// <summary>How long a node may be cordoned.</summary>
    public static readonly TimeSpan Forgotten = TimeSpan.FromHours(1);

    /// <inheritdoc/>
    public string Name => "NodeTrouble";

    /// <inheritdoc/>
    public DetectorReport Detect(Situation situation, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(situation);
        if (situation is not { Exists: true, Node: { Deletion: null } node })
        {
            return DetectorReport.Nothing;
        }

        return node.Trouble is { } trouble
            ? ContainerSearch.After(Name, situation, trouble.Since ?? now, Patience, now, $"{trouble.Type} is {trouble.Status}: {trouble.Reason}: {trouble.Message}")
            : node.IsCordoned
                ? ContainerSearch.After(Name, situation, node.CordonedAt ?? now - Forgotten, Forgotten, now, "it is cordoned (unschedulable) and takes no new pods")
            : DetectorReport.Nothing;
    }
}
