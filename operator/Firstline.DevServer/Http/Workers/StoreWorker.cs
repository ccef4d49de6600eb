using Firstline.DevServer.Http.Errors;
using Firstline.DevServer.Store;

namespace Firstline.DevServer.Http.Workers;

/// <summary>Work that the server itself does after changes, one change at a time.</summary>
internal abstract partial class StoreWorker(ObjectStore store, ILogger log)
{
    /// <summary>Runs until <paramref name="cancellation"/>: first over all objects, as if each had just been added, then over every change.</summary>
    public Task RunAsync(CancellationToken cancellation)
    {
        Subscription subscription = store.Subscribe(null);
        return Task.Run(() => LoopAsync(subscription, cancellation), CancellationToken.None);
    }

    protected abstract void Handle(StoreEvent change);

    private async Task LoopAsync(Subscription subscription, CancellationToken cancellation)
    {
        using (subscription)
        {
            try
            {
                foreach (StoredObject item in store.Resources.SelectMany(resource => store.Snapshot(resource).Objects.In(null)).ToList())
                {
                    Try(new StoreEvent(StoreEventType.Added, item, null));
                }

                await foreach (StoreEvent change in subscription.Events.ReadAllAsync(cancellation))
                {
                    Try(change);
                }
            }
            catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
            {
                return;
            }
        }
    }

    private void Try(StoreEvent change)
    {
        try
        {
            Handle(change);
        }
        catch (ApiException e)
        {
            LogRefused(change.Object.Key, e.Message);
        }
    }

    [LoggerMessage(6001, LogLevel.Warning, "After a change of {Key} the server could not do its part: {Reason}")]
    private partial void LogRefused(ObjectKey key, string reason);
}
