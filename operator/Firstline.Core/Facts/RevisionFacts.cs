using Firstline.Api.V1Alpha1;

namespace Firstline.Core.Facts;

/// <summary>What is read of a workload's revision: a ReplicaSet of a Deployment, or a ControllerRevision.</summary>
public sealed record RevisionFacts
{
    /// <summary>The ReplicaSet or ControllerRevision.</summary>
    public required TargetRef Ref { get; init; }

    /// <summary>Number: annotation <c>deployment.kubernetes.io/revision</c>, or <c>revision</c>.</summary>
    public long Number { get; init; }

    /// <summary><c>metadata.creationTimestamp</c>; an undo re-uses an old ReplicaSet, so that the newest revision need not be the youngest.</summary>
    public DateTimeOffset CreatedAt { get; init; }

    /// <summary>Value of the label <c>pod-template-hash</c> or <c>controller-revision-hash</c> that its pods carry.</summary>
    public string PodHash { get; init; } = "";

    /// <summary>Pods wanted of this revision.</summary>
    public int DesiredPods { get; init; }

    /// <summary>Ready pods of this revision.</summary>
    public int ReadyPods { get; init; }

    /// <summary>Its pod template as JSON text, without the hash label; unpacked each time, so ask once.</summary>
    public string TemplateJson
    {
        get => Template.Text;
        init => Template = PackedText.Of(value);
    }

    /// <summary>The same as it is kept.</summary>
    public PackedText Template { get; init; } = PackedText.EmptyObject;
}
