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
}
