using System.Collections.Immutable;
using System.Text;
using System.Text.Json.Nodes;
using Firstline.Api.Meta;
using Firstline.Kube.Client;

namespace Firstline.Cli.Evaluation;

/// <summary>Stores a case in an API server, each object at the time at which it was made, with status and logs.</summary>
/// <remarks>No controller, kubelet or scheduler may run beside it: they would rewrite the status.</remarks>
/// <param name="client">The API server.</param>
/// <param name="clock">The server's clock.</param>
internal sealed class CaseLoader(IKubeClient client, EvaluationClock clock)
{
    // Far more than an operator reads of a log, and what fits into annotations.
    private const int MaxLog = 60_000;

    private readonly Dictionary<string, JsonArray> _served = new(StringComparer.Ordinal);

    /// <summary>Loads the case as of now.</summary>
    /// <exception cref="CommandException">The server refuses an object.</exception>
    public async Task LoadAsync(CaseFolder folder, CancellationToken ct)
    {
        try
        {
            await StoreAsync(folder, ct);
        }
        catch (KubeException e)
        {
            throw new CommandException($"{folder.Path}/objects.json could not be stored: {e.Message}", e);
        }
    }

    private async Task StoreAsync(CaseFolder folder, CancellationToken ct)
    {
        DateTimeOffset now = clock.GetUtcNow();
        CaseObjects objects = new(now);
        ImmutableArray<JsonObject> given = folder.Objects(), ending = folder.AfterLoad();
        ImmutableArray<JsonObject> items = CaseObjects.InOrder([.. Namespaces(given), .. given]);
        foreach (JsonObject item in items)
        {
            clock.Set(objects.CreatedAt(item));
            objects.Stored(await CreateAsync(folder, objects, item, ct));
        }

        clock.Set(now);
        foreach (JsonObject item in items.Where(static i => i["status"] is JsonObject))
        {
            // Beside the times that the case states, the server's own say when the status was written: before the trouble was looked at.
            Patch status = Patch.Merge(new JsonObject { ["status"] = objects.Filled(item["status"]) });
            await client.PatchAsync(await TypeAsync(item, ct), KeyOf(item), status, ct, new WriteOptions { Subresource = "status" });
        }

        clock.Set(now - TimeSpan.FromMinutes(10));
        foreach (JsonObject wanted in ending)
        {
            await client.DeleteAsync(await TypeAsync(wanted, ct), new(wanted["namespace"]?.ToString() ?? "", wanted["name"]!.ToString()), ct);
        }

        clock.Set(now);
    }

    private static NamespacedName KeyOf(JsonObject item) => new(item["metadata"]!["namespace"]?.ToString() ?? "", item["metadata"]!["name"]!.ToString());

    private static IEnumerable<JsonObject> Namespaces(ImmutableArray<JsonObject> items) =>
        from name in items.Select(static o => o["metadata"]!["namespace"]?.ToString()).OfType<string>().Distinct()
        where !items.Any(o => o["kind"]!.ToString() == "Namespace" && o["metadata"]!["name"]!.ToString() == name)
        select new JsonObject { ["apiVersion"] = "v1", ["kind"] = "Namespace", ["metadata"] = new JsonObject { ["name"] = name } };

    private async Task<JsonObject> CreateAsync(CaseFolder folder, CaseObjects objects, JsonObject item, CancellationToken ct)
    {
        JsonObject body = (JsonObject)objects.Filled(item)!;
        JsonObject metadata = (JsonObject)body["metadata"]!;
        NamespacedName key = KeyOf(item);
        metadata.Remove("creationTimestamp");
        body.Remove("status");
        if (item["kind"]!.ToString() == "Pod")
        {
            AddLogs(metadata, folder.Logs(key.Namespace, key.Name));
        }

        ResourceType type = await TypeAsync(item, ct);
        try
        {
            return (await client.CreateAsync(type, key.Namespace, Encoding.UTF8.GetBytes(body.ToJsonString()), ct)).ReadTree();
        }
        catch (KubeException e) when (e.Kind == KubeErrorKind.AlreadyExists)
        {
            return (await client.PatchAsync(type, key, Patch.Merge(body), ct)).ReadTree();   // what a server has from its start, such as namespace default
        }
    }

    private static void AddLogs(JsonObject metadata, IEnumerable<(string Container, bool Previous, string Text)> logs)
    {
        foreach ((string container, bool previous, string text) in logs)
        {
            if (metadata["annotations"] is not JsonObject annotations)
            {
                metadata["annotations"] = annotations = [];
            }

            annotations[$"fake/log.{container}{(previous ? ".previous" : "")}"] = text.Length <= MaxLog ? text : text[^MaxLog..];
        }
    }

    // A case may hold objects of any kind: where they are served the server says.
    private async Task<ResourceType> TypeAsync(JsonObject item, CancellationToken ct)
    {
        string version = item["apiVersion"]!.ToString(), kind = item["kind"]!.ToString();
        if (!_served.TryGetValue(version, out JsonArray? served))
        {
            JsonObject discovery = (await client.RawAsync(version == "v1" ? "/api/v1" : $"/apis/{version}", ct)).ReadTree();
            _served[version] = served = discovery["resources"] as JsonArray ?? [];
        }

        JsonNode resource = served.FirstOrDefault(r => r!["kind"]!.ToString() == kind && !r["name"]!.ToString().Contains('/'))
            ?? throw new CommandException($"objects of kind {kind} ({version}) are not served by the development server");
        string[] parts = version.Split('/');
        ResourceScope scope = resource["namespaced"]!.GetValue<bool>() ? ResourceScope.Namespaced : ResourceScope.Cluster;
        return new(parts.Length == 1 ? "" : parts[0], parts[^1], kind, resource["name"]!.ToString(), scope);
    }
}
