using System.Threading.Channels;

namespace Firstline.DevServer.Store;

/// <summary>Receives every change after its start, in order and without gaps, until it is disposed.</summary>
internal sealed class Subscription : IDisposable
{
    private readonly Channel<StoreEvent> channel = Channel.CreateUnbounded<StoreEvent>(new UnboundedChannelOptions { SingleReader = true });
    private readonly Action<Subscription> release;

    /// <param name="start">The objects at the start; null when the subscription started from an earlier version's changes.</param>
    /// <param name="release">Called once, at the end.</param>
    public Subscription(StoreSnapshot? start, Action<Subscription> release)
    {
        Start = start;
        this.release = release;
    }

    public StoreSnapshot? Start { get; }

    public ChannelReader<StoreEvent> Events => channel.Reader;

    public void Publish(StoreEvent change) => channel.Writer.TryWrite(change);

    public void Dispose()
    {
        release(this);
        channel.Writer.TryComplete();
    }
}
