namespace Firstline.Faults;

/// <summary>How a watch ends before its time.</summary>
internal enum WatchFault
{
    /// <summary>It does not.</summary>
    None,

    /// <summary>In order, as when a server is restarted.</summary>
    Ended,

    /// <summary>The connection breaks in the middle of a frame.</summary>
    ResetInFrame,

    /// <summary>No byte comes any more, and the connection stays open.</summary>
    HalfOpen,

    /// <summary>An error frame with 410.</summary>
    Expired,

    /// <summary>An error frame with 500.</summary>
    Failed,

    /// <summary>A line that is no JSON.</summary>
    Rubbish,
}
