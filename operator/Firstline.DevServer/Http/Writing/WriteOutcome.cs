namespace Firstline.DevServer.Http.Writing;

/// <summary>What a write did to the object.</summary>
internal enum WriteOutcome
{
    Created,
    Updated,

    /// <summary>The object was like that already; its version stays.</summary>
    Unchanged,

    /// <summary>The object is gone.</summary>
    Deleted,
}
