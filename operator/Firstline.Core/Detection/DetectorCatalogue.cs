using System.Collections.Immutable;
using Firstline.Api.V1Alpha1;
using Firstline.Core.Facts;

namespace Firstline.Core.Detection;

/// <summary>All detectors. Findings of several detectors on one subject are one incident with several signals.</summary>
public static class DetectorCatalogue
{
    private const int MaxSummary = 1024;

    /// <summary>The detectors, the most exact first.</summary>
    public static ImmutableArray<IDetector> All { get; } =
    [
        new ImagePullDetector(),
        new ContainerConfigErrorDetector(),
        new InitContainerFailingDetector(),
        new OomKilledDetector(),
        new CrashLoopDetector(),
        new HungDetector(),
        new UnschedulableDetector(),
        new JobFailedDetector(),
        new RolloutStuckDetector(),
        new ConfigDriftDetector(),
        new OutsideGitOpsDetector(),
        new PodsRefusedDetector(),
        new InitHangsDetector(),
        new StuckStartingDetector(),
        new EvictedDetector(),
        new SchedulingGatedDetector(),
        new StuckTerminatingDetector(),
        new ScaledToZeroDetector(),
        new RevisionHeldDetector(),
        new JobStoppedDetector(),
        new CronMissedDetector(),
        new ServiceEndpointsDetector(),
        new ServicePortDetector(),
        new IngressBrokenDetector(),
        new AutoscalerDetector(),
        new AutoscalerBoundDetector(),
        new DisruptionBudgetDetector(),
        new ClaimDetector(),
        new VolumeDetector(),
        new NodeTroubleDetector(),
        new WebhookDetector(),
        new CallerCutOffDetector(),
        new DnsConfigDetector(),
        new LogErrorsDetector(),
        new UnavailableDetector(),
    ];

    /// <summary>Judges one subject by all detectors.</summary>
    /// <param name="situation">The subject and what belongs to it.</param>
    /// <param name="now">The time to judge at.</param>
    /// <returns>At most one finding per detector, in the order of <see cref="All"/>, and the earliest moment at which to look again.</returns>
    public static DetectorReport Detect(Situation situation, DateTimeOffset now)
    {
        ImmutableArray<DetectorReport> reports = [.. All.Select(detector => detector.Detect(situation, now))];
        TargetRef? node = NodeAtFault.Of(situation);
        return new(
            [.. reports.SelectMany(static r => r.Findings).Select(f => Bounded(node is null ? f : f with { Target = node }))],
            reports.Select(static r => r.LookAgainAt).Aggregate((DateTimeOffset?)null, ContainerSearch.Earlier));
    }

    // Messages of kubelets and schedulers go into summaries; the API bounds them, and they may quote anything.
    private static Finding Bounded(Finding finding) => finding with { Summary = BoundedText.Of(finding.Summary, MaxSummary) };
}
