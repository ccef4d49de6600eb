namespace Firstline.Api.V1Alpha1;

/// <summary>How a mutation changes its object.</summary>
public enum MutationVerb
{
    /// <summary>A JSON merge patch (RFC 7386).</summary>
    MergePatch,

    /// <summary>A JSON patch (RFC 6902).</summary>
    JsonPatch,

    /// <summary>A deletion, dependents in the background.</summary>
    Delete,

    /// <summary>Evictions, which PodDisruptionBudgets hold: of the pod that is the target, or of the pods that the body lists when the target is a Node.</summary>
    Evict,

    /// <summary>Creation of the object in the body; its name is fixed, so that creating twice is the same create.</summary>
    Create,

    /// <summary>One taint put on a Node or taken off it, whichever others it has then.</summary>
    Taint,

    /// <summary>A call of a webhook that the operator's configuration names; it changes no object itself, and the same key tells it from another one.</summary>
    Call,
}
