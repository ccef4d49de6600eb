using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using Firstline.Controllers.Observation;
using Firstline.Kube.Client;

namespace Firstline.Benchmarks.Caches;

/// <summary>Pods of the usual size on a real API server, in a namespace of their own that is removed again. No scheduler takes them, so that nothing runs where there are nodes.</summary>
internal sealed class ClusterPods : IAsyncDisposable
{
    private const int AtOnce = 8;

    /// <summary>Of metadata.managedFields: with them they have about ten KB, as in clusters where several controllers write to a pod.</summary>
    private const int Managers = 12;

    private readonly KubeClient _client;

    private ClusterPods(KubeClient client, string ns) => (_client, Namespace) = (client, ns);

    public string Namespace { get; }

    public static async Task<ClusterPods> CreateAsync(KubeClient client, int count)
    {
        ClusterPods pods = new(client, $"firstline-cache-{Guid.NewGuid():N}"[..24]);
        await client.CreateAsync(
            BuiltinTypes.Namespaces, "", Utf8(new JsonObject { ["apiVersion"] = "v1", ["kind"] = "Namespace", ["metadata"] = new JsonObject { ["name"] = pods.Namespace } }), CancellationToken.None);
        try
        {
            await Parallel.ForEachAsync(Enumerable.Range(0, count), new ParallelOptions { MaxDegreeOfParallelism = AtOnce }, async (number, ct) => await pods.CreateAsync(number, ct));
        }
        catch (KubeException)
        {
            await pods.DisposeAsync();
            throw;
        }

        return pods;
    }

    public async ValueTask DisposeAsync() => await _client.DeleteAsync(BuiltinTypes.Namespaces, new("", Namespace), CancellationToken.None);

    private async Task CreateAsync(int number, CancellationToken ct)
    {
        JsonObject pod = JsonNode.Parse(PodText.Of(number, 1))!.AsObject();
        JsonNode status = pod["status"]!.DeepClone();
        JsonObject metadata = pod["metadata"]!.AsObject();
        foreach (string field in (string[])["namespace", "uid", "resourceVersion", "creationTimestamp", "ownerReferences"])   // the server's own, and owners that are not there
        {
            metadata.Remove(field);
        }

        JsonArray managed = metadata["managedFields"]!.AsArray();
        for (int more = 0; managed.Count < Managers; more++)
        {
            JsonNode entry = managed[more]!.DeepClone();
            entry["manager"] = string.Create(CultureInfo.InvariantCulture, $"controller-{managed.Count}");
            managed.Add(entry);
        }

        JsonObject spec = pod["spec"]!.AsObject();
        spec.Remove("nodeName");
        spec["schedulerName"] = "none";
        pod.Remove("status");
        KubeResponse created = await _client.CreateAsync(BuiltinTypes.Pods, Namespace, Utf8(pod), ct);
        await _client.PatchAsync(BuiltinTypes.Pods, created.Key, Patch.Merge(new JsonObject { ["status"] = status }), ct, new WriteOptions { Subresource = "status" });
    }

    private static byte[] Utf8(JsonNode node) => Encoding.UTF8.GetBytes(node.ToJsonString());
}
