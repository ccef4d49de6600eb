using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using Firstline.Api.Meta;
using Firstline.Kube.Client;
using Firstline.Kube.Runtime;

namespace Firstline.Faults;

/// <summary>A controller's work through the faults: each ConfigMap <c>k</c> has an echo <c>echo-k</c> with the same value, and none when it is gone.</summary>
internal sealed class Mirror(IKubeClient client) : IReconciler<MapView>
{
    private const string Prefix = "echo-";
    private readonly ConcurrentDictionary<NamespacedName, bool> _inWork = new();
    private int _overlaps;

    /// <summary>How often two workers held the same key at once: must be 0.</summary>
    public int Overlaps => _overlaps;

    public static bool IsEcho(string name) => name.StartsWith(Prefix, StringComparison.Ordinal);

    public static string EchoOf(string name) => Prefix + name;

    public static NamespacedName SourceOf(NamespacedName key) => IsEcho(key.Name) ? key with { Name = key.Name[Prefix.Length..] } : key;

    public Task<ReconcileResult> ReconcileAsync(MapView resource, CancellationToken ct)
    {
        NamespacedName key = new(resource.Metadata.Namespace ?? "", resource.Metadata.Name);
        return OneAtATimeAsync(key, () => EchoAsync(key, resource.Value, ct));
    }

    public Task DeletedAsync(NamespacedName key, CancellationToken ct) => OneAtATimeAsync(key, () => SilenceAsync(key, ct));

    private async Task<ReconcileResult> EchoAsync(NamespacedName key, string value, CancellationToken ct)
    {
        JsonObject echo = new()
        {
            ["apiVersion"] = "v1",
            ["kind"] = "ConfigMap",
            ["metadata"] = new JsonObject { ["name"] = EchoOf(key.Name) },
            ["data"] = new JsonObject { ["value"] = value },
        };
        await client.ApplyAsync(MapView.Type, key with { Name = EchoOf(key.Name) }, System.Text.Encoding.UTF8.GetBytes(echo.ToJsonString()), ct);
        return ReconcileResult.Done;
    }

    private async Task<ReconcileResult> SilenceAsync(NamespacedName key, CancellationToken ct)
    {
        try
        {
            await client.DeleteAsync(MapView.Type, key with { Name = EchoOf(key.Name) }, ct);
        }
        catch (KubeException e) when (e.Kind == KubeErrorKind.NotFound)
        {
            return ReconcileResult.Done;   // gone already: all is as it should be
        }

        return ReconcileResult.Done;
    }

    private async Task<ReconcileResult> OneAtATimeAsync(NamespacedName key, Func<Task<ReconcileResult>> work)
    {
        if (!_inWork.TryAdd(key, true))
        {
            Interlocked.Increment(ref _overlaps);
        }

        try
        {
            return await work();
        }
        finally
        {
            _inWork.TryRemove(key, out _);
        }
    }
}
