using Firstline.Kube.Client;

namespace Firstline.Kube.Informers;

/// <summary>Where a reflector puts what it reads.</summary>
internal interface IReflectorSink
{
    /// <summary>What the cache holds is what the server had at this time: a whole list or a frame of a watch was taken in.</summary>
    void Touch(DateTimeOffset now);

    /// <summary>Listing or watching failed and is tried again.</summary>
    void Fail(string reason);

    /// <summary>A list begins; one that began before and did not end is forgotten.</summary>
    void BeginList();

    void ListItem(ReadOnlySpan<byte> json);

    /// <summary>The list is complete as of this version: it replaces everything at once.</summary>
    void EndList(string resourceVersion);

    /// <summary>A watch event; its resource version, from which a later watch goes on.</summary>
    string Event(WatchEventKind kind, ReadOnlySpan<byte> json);
}
