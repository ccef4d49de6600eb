using System.Collections.Immutable;

namespace Firstline.Core.Actions;

/// <summary>Every action there is. Runbooks can name these and nothing else; the operator's RBAC is generated from this list.</summary>
public static class ActionCatalogue
{
    /// <summary>The actions, by name.</summary>
    public static readonly ImmutableArray<IAction> All =
    [
        new AdjustHpaAction(),
        new AnnotateAction(),
        new CallWebhookAction(),
        new CordonAction(),
        new DeleteFailedJobAction(),
        new DeletePodAction(),
        new DrainAction(),
        new EvictPodAction(),
        new ExpandPvcAction(),
        new LabelAction(),
        new PatchResourceAction(),
        new RestoreConfigAction(),
        new ResumeCronJobAction(),
        new ResumeJobAction(),
        new RetryJobAction(),
        new RolloutPauseAction(),
        new RolloutRestartAction(),
        new RolloutResumeAction(),
        new RolloutUndoAction(),
        new RotateServiceAccountTokenAction(),
        new RunJobAction(),
        new SetEnvAction(),
        new SetImageAction(),
        new SetReplicasAction(),
        new SetResourcesAction(),
        new SuspendCronJobAction(),
        new SuspendJobAction(),
        new TaintNodeAction(),
        new TriggerCronJobAction(),
        new UncordonAction(),
        new UntaintNodeAction(),
    ];

    /// <summary>The action of that name, upper and lower case told apart; null when there is none.</summary>
    public static IAction? Find(string name) => All.FirstOrDefault(a => string.Equals(a.Name, name, StringComparison.Ordinal));
}
