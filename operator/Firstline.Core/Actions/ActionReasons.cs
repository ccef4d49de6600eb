namespace Firstline.Core.Actions;

/// <summary>Why an action does not fit.</summary>
public static class ActionReasons
{
    /// <summary>The target is gone, is not of a kind that the action can change, or its UID is not known.</summary>
    public const string TargetUnknown = "TargetUnknown";

    /// <summary>The workload's rollouts are paused by its owner.</summary>
    public const string RolloutPaused = "RolloutPaused";

    /// <summary>There is no older revision that differs and is not known to be broken.</summary>
    public const string NoHealthyRevision = "NoHealthyRevision";

    /// <summary>The workload is at the wanted number of replicas already.</summary>
    public const string ReplicasAlreadySet = "ReplicasAlreadySet";

    /// <summary>It is not clear which container is meant, or there is none of that name.</summary>
    public const string ContainerUnknown = "ContainerUnknown";

    /// <summary>The container has no memory limit that could be raised.</summary>
    public const string NoMemoryLimit = "NoMemoryLimit";

    /// <summary>The raised limit would be above the runbook's maximum.</summary>
    public const string AboveMaximum = "AboveMaximum";

    /// <summary>Nothing tells what the ConfigMap's content was meant to be.</summary>
    public const string NotDeclared = "NotDeclared";

    /// <summary>The content is as declared.</summary>
    public const string NoDrift = "NoDrift";

    /// <summary>The change does not fit into a RemediationRequest.</summary>
    public const string TooLarge = "TooLarge";

    /// <summary>No Job of the CronJob has failed.</summary>
    public const string NoFailedJob = "NoFailedJob";
}
