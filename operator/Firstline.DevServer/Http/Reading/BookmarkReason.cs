namespace Firstline.DevServer.Http.Reading;

/// <summary>Why a bookmark is sent.</summary>
internal enum BookmarkReason
{
    /// <summary>Time has passed.</summary>
    Progress,

    /// <summary>All objects that existed at the start of the watch have been sent.</summary>
    InitialEventsEnd,
}
