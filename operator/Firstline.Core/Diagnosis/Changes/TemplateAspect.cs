namespace Firstline.Core.Diagnosis.Changes;

/// <summary>Which part of a pod template changed.</summary>
internal enum TemplateAspect
{
    /// <summary>A container's image.</summary>
    Image,

    /// <summary>A container's environment variables.</summary>
    Environment,

    /// <summary>Which ConfigMaps, Secrets or volumes it reads.</summary>
    Configuration,

    /// <summary>Requests or limits.</summary>
    Resources,

    /// <summary>Command or arguments.</summary>
    Command,

    /// <summary>A probe.</summary>
    Probe,

    /// <summary>Where its pods may run.</summary>
    Placement,

    /// <summary>Containers that came or went.</summary>
    Containers,

    /// <summary>Anything else that makes a new revision.</summary>
    Other,

    /// <summary>Nothing but annotations, as a restart sets.</summary>
    RestartOnly,
}
