namespace Firstline.Controllers.Observation.Reading;

/// <summary>What is read of a pod's JSON, before its parts are joined.</summary>
internal sealed class PodDraft : Draft
{
    public MetadataDraft Metadata { get; } = new();

    public PodSpecDraft Spec { get; } = new();

    public PodStatusDraft Status { get; } = new();

    protected override void Clear()
    {
        Metadata.Reset();
        Spec.Reset();
        Status.Reset();
    }
}

internal sealed class PodSpecDraft : Draft
{
    public string? NodeName { get; set; }

    public DraftList<ContainerDraft> Containers { get; } = new();

    public DraftList<ContainerDraft> InitContainers { get; } = new();

    public DraftList<VolumeDraft> Volumes { get; } = new();

    protected override void Clear()
    {
        NodeName = null;
        Containers.Clear();
        InitContainers.Clear();
        Volumes.Clear();
    }
}

internal sealed class PodStatusDraft : Draft
{
    public string? Phase { get; set; }

    public string? Reason { get; set; }

    public string? Message { get; set; }

    public DraftList<ConditionDraft> Conditions { get; } = new();

    public DraftList<ContainerStatusDraft> ContainerStatuses { get; } = new();

    public DraftList<ContainerStatusDraft> InitContainerStatuses { get; } = new();

    protected override void Clear()
    {
        (Phase, Reason, Message) = (null, null, null);
        Conditions.Clear();
        ContainerStatuses.Clear();
        InitContainerStatuses.Clear();
    }
}
