namespace Firstline.Kube.Client;

/// <summary>What a watch frame says.</summary>
internal enum WatchEventKind
{
    Unknown,
    Added,
    Modified,
    Deleted,
    Bookmark,
    Error,
}
