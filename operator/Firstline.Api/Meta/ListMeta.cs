namespace Firstline.Api.Meta;

/// <summary><c>metadata</c> of a list.</summary>
public sealed record ListMeta
{
    /// <summary>Version of the collection that the list shows; a watch may start from it.</summary>
    public string? ResourceVersion { get; init; }

    /// <summary>Token for the next page; null or empty on the last one.</summary>
    public string? Continue { get; init; }

    /// <summary>Items left after this page; null when unknown.</summary>
    public long? RemainingItemCount { get; init; }
}
