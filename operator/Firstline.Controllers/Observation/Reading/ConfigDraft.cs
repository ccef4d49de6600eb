namespace Firstline.Controllers.Observation.Reading;

/// <summary>A reference to a ConfigMap or Secret.</summary>
internal sealed class KeyRefDraft : Draft
{
    public string? Name { get; set; }

    public string? Key { get; set; }

    public bool? Optional { get; set; }

    protected override void Clear() => (Name, Key, Optional) = (null, null, null);
}

/// <summary>A place that names a ConfigMap or a Secret.</summary>
internal sealed class ConfigPairDraft : Draft
{
    public KeyRefDraft ConfigMap { get; } = new();

    public KeyRefDraft Secret { get; } = new();

    protected override void Clear()
    {
        ConfigMap.Reset();
        Secret.Reset();
    }
}

internal sealed class EnvDraft : Draft
{
    public ConfigPairDraft ValueFrom { get; } = new();

    protected override void Clear() => ValueFrom.Reset();
}

internal sealed class VolumeDraft : Draft
{
    public string? Name { get; set; }

    public KeyRefDraft ConfigMap { get; } = new();

    /// <summary>Its name is <c>secretName</c>; it has no key.</summary>
    public KeyRefDraft Secret { get; } = new();

    public ProjectedDraft Projected { get; } = new();

    public EmptyDirDraft EmptyDir { get; } = new();

    protected override void Clear()
    {
        Name = null;
        EmptyDir.Reset();
        ConfigMap.Reset();
        Secret.Reset();
        Projected.Reset();
    }
}

internal sealed class EmptyDirDraft : Draft
{
    public string? Medium { get; set; }

    protected override void Clear() => Medium = null;
}

internal sealed class ProjectedDraft : Draft
{
    public DraftList<ConfigPairDraft> Sources { get; } = new();

    protected override void Clear() => Sources.Clear();
}
