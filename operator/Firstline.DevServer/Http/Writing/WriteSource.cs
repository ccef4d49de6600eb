namespace Firstline.DevServer.Http.Writing;

/// <summary>What a client sent to write.</summary>
internal enum WriteSource
{
    /// <summary>The whole object.</summary>
    Object,

    /// <summary>A change of the stored object.</summary>
    Patch,
}
