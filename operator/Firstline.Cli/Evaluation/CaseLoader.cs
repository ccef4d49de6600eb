using System.Collections.Immutable;
using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using Firstline.DevServer.Http;

namespace Firstline.Cli.Evaluation;

/// <summary>Stores a case in an API server, each object at the time at which it was made, with status and logs.</summary>
/// <remarks>No controller, kubelet or scheduler may run beside it: they would rewrite the status.</remarks>
internal sealed class CaseLoader(DevApiServer server, EvaluationClock clock) : IDisposable
{
    private const string Json = "application/json";
    private const string MergePatch = "application/merge-patch+json";

    // Far more than an operator reads of a log, and what fits into annotations.
    private const int MaxLog = 60_000;

    private readonly HttpClient _http = new() { BaseAddress = server.Url, DefaultRequestHeaders = { Authorization = new AuthenticationHeaderValue("Bearer", server.Users[0].Token) } };
    private readonly Dictionary<string, JsonArray> _resources = new(StringComparer.Ordinal);

    /// <summary>Loads the case as of now.</summary>
    /// <exception cref="CommandException">The server refuses an object.</exception>
    public async Task LoadAsync(CaseFolder folder, CancellationToken ct)
    {
        DateTimeOffset now = clock.GetUtcNow();
        CaseObjects objects = new(now);
        List<(JsonObject Source, string Path)> stored = [];
        ImmutableArray<JsonObject> items = folder.Objects();
        foreach (JsonObject item in CaseObjects.InOrder([.. Namespaces(items), .. items]))
        {
            clock.Set(objects.CreatedAt(item));
            stored.Add((item, await CreateAsync(folder, objects, item, ct)));
        }

        clock.Set(now);
        foreach ((JsonObject item, string path) in stored.Where(static s => s.Source["status"] is JsonObject))
        {
            // Beside the times that the case states, the server's own say when the status was written: before the trouble was looked at.
            JsonObject status = new() { ["status"] = objects.Filled(item["status"]) };
            await SendAsync(HttpMethod.Patch, path + "/status", status, MergePatch, ct);
        }

        clock.Set(now - TimeSpan.FromMinutes(10));
        foreach (JsonObject wanted in folder.AfterLoad())
        {
            JsonObject target = new() { ["apiVersion"] = wanted["apiVersion"]?.ToString(), ["kind"] = wanted["kind"]?.ToString() };
            await SendAsync(HttpMethod.Delete, $"{await CollectionAsync(target, wanted["namespace"]?.ToString(), ct)}/{wanted["name"]}", null, Json, ct);
        }

        clock.Set(now);
    }

    public void Dispose() => _http.Dispose();

    private static IEnumerable<JsonObject> Namespaces(ImmutableArray<JsonObject> items) =>
        from name in items.Select(static o => o["metadata"]!["namespace"]?.ToString()).OfType<string>().Distinct()
        where !items.Any(o => o["kind"]!.ToString() == "Namespace" && o["metadata"]!["name"]!.ToString() == name)
        select new JsonObject { ["apiVersion"] = "v1", ["kind"] = "Namespace", ["metadata"] = new JsonObject { ["name"] = name } };

    private async Task<string> CreateAsync(CaseFolder folder, CaseObjects objects, JsonObject item, CancellationToken ct)
    {
        JsonObject body = (JsonObject)objects.Filled(item)!;
        JsonObject metadata = (JsonObject)body["metadata"]!;
        string name = metadata["name"]!.ToString();
        string? ns = metadata["namespace"]?.ToString();
        metadata.Remove("creationTimestamp");
        body.Remove("status");
        if (item["kind"]!.ToString() == "Pod")
        {
            AddLogs(metadata, folder.Logs(ns ?? "", name));
        }

        string collection = await CollectionAsync(item, ns, ct);
        JsonObject answer = await SendAsync(HttpMethod.Post, collection, body, Json, ct) ?? await SendAsync(HttpMethod.Patch, $"{collection}/{name}", body, MergePatch, ct)
            ?? throw new CommandException($"{item["kind"]} {name} of case {folder.Name} could not be stored");
        objects.Stored(answer);
        return $"{collection}/{name}";
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

    private async Task<string> CollectionAsync(JsonObject item, string? ns, CancellationToken ct)
    {
        string version = item["apiVersion"]!.ToString(), kind = item["kind"]!.ToString();
        string root = version == "v1" ? "/api/v1" : $"/apis/{version}";
        if (!_resources.TryGetValue(version, out JsonArray? served))
        {
            JsonObject? discovery = await SendAsync(HttpMethod.Get, root, null, Json, ct);
            _resources[version] = served = discovery?["resources"] as JsonArray ?? [];
        }

        JsonNode resource = served.FirstOrDefault(r => r!["kind"]!.ToString() == kind && !r["name"]!.ToString().Contains('/'))
            ?? throw new CommandException($"objects of kind {kind} ({version}) are not served by the development server");
        return resource["namespaced"]!.GetValue<bool>() ? $"{root}/namespaces/{ns}/{resource["name"]}" : $"{root}/{resource["name"]}";
    }

    // Null when the object is there already, such as namespace default.
    private async Task<JsonObject?> SendAsync(HttpMethod method, string path, JsonObject? body, string type, CancellationToken ct)
    {
        using HttpRequestMessage request = new(method, path);
        if (body is not null)
        {
            request.Content = new StringContent(body.ToJsonString(), Encoding.UTF8, new MediaTypeHeaderValue(type));
        }

        using HttpResponseMessage response = await _http.SendAsync(request, ct);
        string text = await response.Content.ReadAsStringAsync(ct);
        return response.IsSuccessStatusCode ? JsonNode.Parse(text) as JsonObject
            : response.StatusCode == HttpStatusCode.Conflict && method == HttpMethod.Post ? null
            : throw new CommandException(string.Create(CultureInfo.InvariantCulture, $"{method} {path} is refused ({(int)response.StatusCode}): {text}"));
    }
}
