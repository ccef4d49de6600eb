using System.Text.Json;
using Firstline.DevServer.Simulation.Client;

namespace Firstline.DevServer.Simulation.Cache;

/// <summary>Keeps a cache equal to the server: list, then watch; after a lost watch resume where it ended, after 410 list again.</summary>
internal sealed partial class Reflector(ApiClient api, ObjectCache cache, TimeProvider clock, ILogger log)
{
    private static readonly TimeSpan FirstWait = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(15);

    private readonly TaskCompletionSource _listed = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Completes after the first list.</summary>
    public Task Listed => _listed.Task;

    /// <summary>Runs until cancelled.</summary>
    public async Task RunAsync(CancellationToken ct)
    {
        string version = "";
        TimeSpan wait = FirstWait;
        while (!ct.IsCancellationRequested)
        {
            try
            {
                version = version.Length == 0 ? await ListAsync(ct) : version;
                await foreach (WatchFrame frame in api.WatchAsync(cache.Type, version, ct))
                {
                    version = Take(frame);
                    wait = FirstWait;
                }
            }
            catch (OperationCanceledException) when (ct.IsCancellationRequested)
            {
                return;
            }
            catch (ApiException expired) when (expired.IsExpired)
            {
                LogRelist(cache.Type.QualifiedName);
                version = "";
            }
            catch (Exception lost) when (lost is ApiException or HttpRequestException or IOException or JsonException or OperationCanceledException)
            {
                LogLost(cache.Type.QualifiedName, wait, lost.Message);
            }

            await Task.Delay(wait, clock, ct).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            wait = TimeSpan.FromTicks(Math.Min(wait.Ticks * 2, LongestWait.Ticks));
        }
    }

    private async Task<string> ListAsync(CancellationToken ct)
    {
        List<KubeObject> items = [];
        ObjectPage page = await api.ListAsync(cache.Type, "", ct);
        items.AddRange(page.Items);
        while (page.Continue.Length > 0)
        {
            page = await api.ListAsync(cache.Type, page.Continue, ct);
            items.AddRange(page.Items);
        }

        cache.Replace(items);
        _listed.TrySetResult();
        return page.ResourceVersion;
    }

    private string Take(WatchFrame frame)
    {
        switch (frame)
        {
            case WatchFrame.Present present:
                cache.Put(present.Object);
                return Version(present.Object);
            case WatchFrame.Gone gone:
                cache.Remove(gone.Object);
                return Version(gone.Object);
            case WatchFrame.Bookmark bookmark:
                return bookmark.ResourceVersion;
            default:
                throw new System.Diagnostics.UnreachableException();
        }
    }

    private static string Version(KubeObject item) => item.Root.Text("metadata", "resourceVersion") ?? "";

    [LoggerMessage(6001, LogLevel.Information, "{Kind}: the watch is too old, listing again")]
    private partial void LogRelist(string kind);

    [LoggerMessage(6002, LogLevel.Warning, "{Kind}: watch lost, trying again in {Wait}: {Error}")]
    private partial void LogLost(string kind, TimeSpan wait, string error);
}
