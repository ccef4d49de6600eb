namespace Firstline.Controllers.Observation.Reading;

/// <summary>What is read of a container in a pod's spec.</summary>
internal sealed class ContainerDraft : Draft
{
    public string? Name { get; set; }

    public string? Image { get; set; }

    public string? RestartPolicy { get; set; }

    public string? MemoryLimit => Limits.Memory;

    public LimitsDraft Limits => Resources.Limits;

    public ResourcesDraft Resources { get; } = new();

    public DraftList<EnvDraft> Env { get; } = new();

    public DraftList<ConfigPairDraft> EnvFrom { get; } = new();

    public DraftList<MountDraft> Mounts { get; } = new();

    public ProbeDraft StartupProbe { get; } = new();

    public ProbeDraft LivenessProbe { get; } = new();

    public ProbeDraft ReadinessProbe { get; } = new();

    protected override void Clear()
    {
        (Name, Image, RestartPolicy) = (null, null, null);
        Resources.Reset();
        Env.Clear();
        EnvFrom.Clear();
        Mounts.Clear();
        StartupProbe.Reset();
        LivenessProbe.Reset();
        ReadinessProbe.Reset();
    }
}

internal sealed class ResourcesDraft : Draft
{
    public LimitsDraft Limits { get; } = new();

    protected override void Clear() => Limits.Reset();
}

internal sealed class LimitsDraft : Draft
{
    public string? Memory { get; set; }

    protected override void Clear() => Memory = null;
}

internal sealed class ProbeDraft : Draft
{
    public int? InitialDelaySeconds { get; set; }

    public int? PeriodSeconds { get; set; }

    public int? FailureThreshold { get; set; }

    protected override void Clear() => (InitialDelaySeconds, PeriodSeconds, FailureThreshold) = (null, null, null);
}

internal sealed class MountDraft : Draft
{
    public string? Name { get; set; }

    protected override void Clear() => Name = null;
}
