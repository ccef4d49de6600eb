namespace Firstline.Api.V1Alpha1;

/// <summary>What a human says of a change when verification can't tell whether it helped.</summary>
public enum HumanAnswer
{
    /// <summary>It helped.</summary>
    Helped,

    /// <summary>It is to be undone.</summary>
    Undo,

    /// <summary>It stays, and humans go on from here.</summary>
    Keep,
}
