namespace Firstline.Core.Actions;

/// <summary>Why an action does not fit.</summary>
public static class ActionReasons
{
    /// <summary>The target is gone, is not of a kind that the action can change, or its UID is not known.</summary>
    /// <remarks>Check that the target exists and is of a kind in the action's list.</remarks>
    public const string TargetUnknown = "TargetUnknown";

    /// <summary>The workload's rollouts are paused by its owner.</summary>
    /// <remarks>Ask the owner, then <c>kubectl rollout resume</c>.</remarks>
    public const string RolloutPaused = "RolloutPaused";

    /// <summary>The workload's pods take up a change only when somebody deletes them (updateStrategy OnDelete).</summary>
    /// <remarks>Delete the pods by hand in the order that the workload needs, or set updateStrategy RollingUpdate.</remarks>
    public const string RolloutOnDelete = "RolloutOnDelete";

    /// <summary>A partition of the StatefulSet keeps a change away from some of its pods.</summary>
    /// <remarks>Lower <c>spec.updateStrategy.rollingUpdate.partition</c> to 0 when the change may reach all pods.</remarks>
    public const string RolloutPartitioned = "RolloutPartitioned";

    /// <summary>There is no older revision that runs something else, was seen healthy, and has no part in the trouble.</summary>
    /// <remarks>Fix forward: roll out a version that works.</remarks>
    public const string NoHealthyRevision = "NoHealthyRevision";

    /// <summary>The workload is at the wanted number of replicas already.</summary>
    /// <remarks>Change the runbook's parameter, or look for another remedy.</remarks>
    public const string ReplicasAlreadySet = "ReplicasAlreadySet";

    /// <summary>The object is as the action would make it already.</summary>
    /// <remarks>Change the runbook's parameter, or look for another remedy.</remarks>
    public const string AlreadySet = "AlreadySet";

    /// <summary>The variable's value comes from a ConfigMap or Secret.</summary>
    /// <remarks>Change it where it comes from.</remarks>
    public const string ReadFromElsewhere = "ReadFromElsewhere";

    /// <summary>No pod of the workload is failing.</summary>
    /// <remarks>Look for another remedy: no pod is at fault now.</remarks>
    public const string NoFailingPod = "NoFailingPod";

    /// <summary>No other pod of the failing pod's revision is ready: a new one would most likely fail as well.</summary>
    /// <remarks>Look at what all pods have in common: the revision, its configuration, or what it depends on.</remarks>
    public const string NoReadySibling = "NoReadySibling";

    /// <summary>It is not clear which container is meant, or there is none of that name.</summary>
    /// <remarks>Name the container in the runbook's parameter.</remarks>
    public const string ContainerUnknown = "ContainerUnknown";

    /// <summary>The container declares no such limit or request that could be changed.</summary>
    /// <remarks>Declare it in the workload first, or look for what uses so much.</remarks>
    public const string NoAmount = "NoAmount";

    /// <summary>What would be raised is at the runbook's maximum, or would be above it.</summary>
    /// <remarks>Look for a leak, or raise the runbook's maximum and approve its new revision.</remarks>
    public const string AboveMaximum = "AboveMaximum";

    /// <summary>What would be lowered is at the runbook's minimum or at what is in use, or would be below it.</summary>
    /// <remarks>Look for another remedy, or lower the runbook's minimum and approve its new revision.</remarks>
    public const string BelowMinimum = "BelowMinimum";

    /// <summary>Nothing tells what the ConfigMap's content was meant to be: it carries no record of kubectl apply, or was applied otherwise since.</summary>
    /// <remarks>Apply the declared content by hand; server-side apply keeps no values, <c>kubectl apply</c> does.</remarks>
    public const string NotDeclared = "NotDeclared";

    /// <summary>The content is as declared.</summary>
    /// <remarks>Look for another cause: the content is not at fault.</remarks>
    public const string NoDrift = "NoDrift";

    /// <summary>The change does not fit into a RemediationRequest.</summary>
    /// <remarks>Make the change by hand.</remarks>
    public const string TooLarge = "TooLarge";

    /// <summary>Pods would still be placed on the node, so that draining it would not empty it.</summary>
    /// <remarks>Put a step with action Cordon before the Drain, or cordon the node by hand.</remarks>
    public const string NotCordoned = "NotCordoned";

    /// <summary>No pod of the node is left to be evicted.</summary>
    /// <remarks>Nothing to drain: look for another remedy.</remarks>
    public const string NothingToEvict = "NothingToEvict";

    /// <summary>A pod has no controller that would make it again elsewhere.</summary>
    /// <remarks>Move it by hand, or set the Drain's parameter <c>unmanagedPods</c> to evict.</remarks>
    public const string PodUnmanaged = "PodUnmanaged";

    /// <summary>A pod has an emptyDir volume, whose content would be lost.</summary>
    /// <remarks>Save what it holds, or set the Drain's parameter <c>emptyDirPods</c> to evict.</remarks>
    public const string PodHasEmptyDir = "PodHasEmptyDir";

    /// <summary>The taint is one that the control plane sets and takes away itself.</summary>
    /// <remarks>Cure what it stands for, such as a node that is not ready; it would come back.</remarks>
    public const string TaintBySystem = "TaintBySystem";

    /// <summary>The autoscaler is below the bound that would be raised.</summary>
    /// <remarks>Look for another cause: the bound is not what keeps it from scaling.</remarks>
    public const string NotAtBound = "NotAtBound";

    /// <summary>The claim's volume can't be made larger now: its StorageClass does not allow it, it is not bound, or it is being expanded.</summary>
    /// <remarks>Read the message; where the StorageClass does not allow expansion, move the data to a larger claim by hand.</remarks>
    public const string NotExpandable = "NotExpandable";

    /// <summary>The workload's pods get no ServiceAccount token.</summary>
    /// <remarks>Look where the token comes from: a Secret has to be replaced by hand.</remarks>
    public const string NoToken = "NoToken";

    /// <summary>The field is not one that may be set, or not to that value.</summary>
    /// <remarks>Choose a field and value from the action's list, or make the change by hand.</remarks>
    public const string PathNotDeclared = "PathNotDeclared";

    /// <summary>The object has nothing where the field would be set.</summary>
    /// <remarks>Make the change by hand, or name another field in the runbook.</remarks>
    public const string PathNotThere = "PathNotThere";

    /// <summary>A Job of the CronJob runs, and it allows one at a time.</summary>
    /// <remarks>Wait for that Job, or delete it.</remarks>
    public const string JobRuns = "JobRuns";

    /// <summary>The Job has ended.</summary>
    /// <remarks>Run it again, or delete it; it can't go on.</remarks>
    public const string JobEnded = "JobEnded";

    /// <summary>No Job of the CronJob has failed.</summary>
    /// <remarks>Look at the CronJob's schedule and its Jobs by hand.</remarks>
    public const string NoFailedJob = "NoFailedJob";
}
