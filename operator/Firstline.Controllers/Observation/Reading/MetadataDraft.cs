using Firstline.Api.V1Alpha1;

namespace Firstline.Controllers.Observation.Reading;

/// <summary>What is read of <c>metadata</c>.</summary>
internal sealed class MetadataDraft : Draft
{
    /// <summary>What was read of this object before: texts that are still the same are taken from it. Outlives <see cref="Draft.Reset"/>.</summary>
    public TargetRef? Before { get; set; }

    public string? Name { get; set; }

    public string? Namespace { get; set; }

    public string? Uid { get; set; }

    public List<KeyValuePair<string, string>> Labels { get; } = [];

    public DraftList<OwnerDraft> Owners { get; } = new();

    public DateTimeOffset? Created { get; set; }

    public DateTimeOffset? Deletion { get; set; }

    protected override void Clear()
    {
        (Name, Namespace, Uid, Created, Deletion) = (null, null, null, null, null);
        Labels.Clear();
        Owners.Clear();
    }
}

internal sealed class OwnerDraft : Draft
{
    public string? ApiVersion { get; set; }

    public string? Kind { get; set; }

    public string? Name { get; set; }

    public string? Uid { get; set; }

    public bool? Controller { get; set; }

    public bool? BlockOwnerDeletion { get; set; }

    protected override void Clear() => (ApiVersion, Kind, Name, Uid, Controller, BlockOwnerDeletion) = (null, null, null, null, null, null);
}

internal sealed class ConditionDraft : Draft
{
    public string? Type { get; set; }

    public string? Status { get; set; }

    public string? Reason { get; set; }

    public string? Message { get; set; }

    public DateTimeOffset? Since { get; set; }

    protected override void Clear() => (Type, Status, Reason, Message, Since) = (null, null, null, null, null);
}
