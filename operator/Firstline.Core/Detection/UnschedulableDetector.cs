using System.Collections.Immutable;
using System.Globalization;
using Firstline.Api.Meta;
using Firstline.Core.Facts;

namespace Firstline.Core.Detection;

/// <summary>Finds pods that no node takes, for longer than an autoscaler needs to bring one.</summary>
public sealed class UnschedulableDetector : IDetector
{
    /// <summary>How long a pod may wait for a node: pods that leave, or a node that comes, mostly settle it before.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    /// <inheritdoc/>
    public string Name => "Unschedulable";

    /// <inheritdoc/>
    public DetectorReport Detect(Situation situation, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(situation);
        if (!situation.Exists || situation.Workload is { DesiredPods: 0 })
        {
            return DetectorReport.Nothing;
        }

        ImmutableArray<(PodFacts Pod, ConditionFacts Refusal, DateTimeOffset Since)> waiting =
        [
            .. from pod in situation.WantedPods
               let refusal = pod.Condition("PodScheduled")
               where refusal is { Status: ConditionStatus.False, Reason: "Unschedulable" }
               orderby pod.Ref.Name
               select (pod, refusal, refusal.Since ?? pod.CreatedAt),
        ];
        ImmutableArray<(PodFacts Pod, ConditionFacts Refusal, DateTimeOffset Since)> overdue = [.. waiting.Where(w => now - w.Since >= Patience)];
        DateTimeOffset? lookAgain = ContainerSearch.Next(waiting.Select(static w => w.Since + Patience), now);
        return overdue.IsEmpty
            ? new([], lookAgain)
            : new([
                new()
                {
                    Detector = Name,
                    Fingerprint = Fingerprints.Of(Name, situation.Subject),
                    Target = situation.Subject,
                    Summary = string.Create(
                        CultureInfo.InvariantCulture, $"{overdue.Length} of {situation.WantedPods.Count()} pods fit on no node: {overdue[0].Refusal.Message}"),
                    Since = overdue.Min(static w => w.Since),
                },
            ],
            lookAgain);
    }
}
