using System.Collections.Immutable;
using Firstline.Core.Diagnosis.Rules;

namespace Firstline.Core.Diagnosis;

/// <summary>All rules. Of hypotheses with equal confidence, the one whose rule stands first ranks first.</summary>
internal static class RuleCatalogue
{
    /// <summary>The rules: those whose cure undoes the most first, what is left when nothing else explains it last.</summary>
    public static ImmutableArray<IHypothesisRule> All { get; } =
    [
        new BadRolloutRule(),
        new MissingConfigRule(),
        new DriftedConfigRule(),
        new ImagePullRule(),
        new OomKilledRule(),
        new InvalidCommandRule(),
        new SecurityContextRule(),
        new InitContainerRule(),
        new HungProcessRule(),
        new SchedulingRule(),
        new JobFailedRule(),
        new RolloutStuckRule(),
        new RefusedRule(),
        new PodStartRule(),
        new ClaimRule(),
        new VolumeRule(),
        new NodeRule(),
        new ServiceEndpointsRule(),
        new IngressRule(),
        new AutoscalerRule(),
        new WebhookRule(),
        new CallerCutOffRule(),
        new DnsConfigRule(),
        new DeletionRule(),
        new CronMissedRule(),
        new StandingRule(),
        new OutsideGitOpsRule(),
        new LogTellingRule(),
        new SignalHintRule(),
        new AppErrorRule(),
    ];
}
