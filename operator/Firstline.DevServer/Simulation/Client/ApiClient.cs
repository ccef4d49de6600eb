using System.Globalization;
using System.Net;
using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Firstline.Api.Meta;

namespace Firstline.DevServer.Simulation.Client;

/// <summary>The few requests of the Kubernetes API that the simulation makes. Edits are merge patches: fields of others are left alone.</summary>
internal sealed class ApiClient(HttpClient http)
{
    private const int PageSize = 500;

    /// <summary>The server ends a watch after this time; a connection that lives longer has died silently.</summary>
    private static readonly TimeSpan WatchTime = TimeSpan.FromMinutes(5);

    private static readonly TimeSpan RequestTime = TimeSpan.FromSeconds(30);

    /// <exception cref="ApiException">The page token has expired, or the server refused.</exception>
    public async Task<ObjectPage> ListAsync(ResourceType type, string continueToken, CancellationToken ct)
    {
        string query = $"?limit={PageSize}" + (continueToken.Length == 0 ? "" : $"&continue={Uri.EscapeDataString(continueToken)}");
        JsonElement list = await SendAsync(HttpMethod.Get, type.Collection("") + query, null, "", ct);
        return new ObjectPage(
            [.. list.Items("items").Select(item => new KubeObject(item))],
            list.Text("metadata", "resourceVersion") ?? "",
            list.Text("metadata", "continue") ?? "");
    }

    /// <summary>Changes after <paramref name="resourceVersion"/>, until the server ends the watch.</summary>
    /// <exception cref="ApiException">The version is too old (<see cref="ApiException.IsExpired"/>), or the server refused.</exception>
    public async IAsyncEnumerable<WatchFrame> WatchAsync(ResourceType type, string resourceVersion, [EnumeratorCancellation] CancellationToken ct)
    {
        using CancellationTokenSource life = CancellationTokenSource.CreateLinkedTokenSource(ct);
        life.CancelAfter(WatchTime + RequestTime);
        int seconds = (int)WatchTime.TotalSeconds;
        string path = $"{type.Collection("")}?watch=true&allowWatchBookmarks=true&timeoutSeconds={seconds}&resourceVersion={resourceVersion}";
        using HttpRequestMessage request = new(HttpMethod.Get, path);
        using HttpResponseMessage response = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, life.Token);
        if (!response.IsSuccessStatusCode)
        {
            throw Refusal(response, await response.Content.ReadAsStringAsync(life.Token));
        }

        using StreamReader lines = new(await response.Content.ReadAsStreamAsync(life.Token), Encoding.UTF8);
        while (await lines.ReadLineAsync(life.Token) is { } line)
        {
            if (line.Length > 0 && Frame(JsonElement.Parse(line)) is { } frame)
            {
                yield return frame;
            }
        }
    }

    public async Task<KubeObject> CreateAsync(ResourceType type, string ns, JsonObject body, CancellationToken ct) =>
        new(await SendAsync(HttpMethod.Post, type.Collection(ns), body, "application/json", ct));

    /// <summary>Merge patch of an object or of a subresource of it; null when the object is gone.</summary>
    public async Task<KubeObject?> PatchAsync(ResourceType type, NamespacedName key, string subresource, JsonObject patch, CancellationToken ct)
    {
        string path = type.Object(key) + (subresource.Length == 0 ? "" : "/" + subresource);
        JsonElement? changed = await UnlessGoneAsync(SendAsync(HttpMethod.Patch, path, patch, "application/merge-patch+json", ct));
        return changed is { } root ? new KubeObject(root) : null;
    }

    /// <summary>Deletes exactly this object; what another of the same name does is left alone.</summary>
    /// <returns>The object when it stays for its grace period or finalizers; null when it is gone.</returns>
    public async Task<KubeObject?> DeleteAsync(ResourceType type, KubeObject target, int? graceSeconds, CancellationToken ct)
    {
        JsonObject options = new()
        {
            ["apiVersion"] = "v1",
            ["kind"] = "DeleteOptions",
            ["preconditions"] = new JsonObject { ["uid"] = target.Uid },
            ["propagationPolicy"] = "Background",
        };
        if (graceSeconds is { } seconds)
        {
            options["gracePeriodSeconds"] = seconds;
        }

        JsonElement? answer = await UnlessGoneAsync(SendAsync(HttpMethod.Delete, type.Object(target.Key), options, "application/json", ct));
        return answer is { } root && root.Text("kind") == type.Kind && root.Text("metadata", "deletionTimestamp") is not null
            ? new KubeObject(root)
            : null;
    }

    /// <summary>Binds a pod to a node; quietly does nothing when the pod is gone.</summary>
    public async Task BindAsync(KubeObject pod, string node, CancellationToken ct)
    {
        JsonObject binding = new()
        {
            ["apiVersion"] = "v1",
            ["kind"] = "Binding",
            ["metadata"] = new JsonObject { ["name"] = pod.Name, ["namespace"] = pod.Namespace, ["uid"] = pod.Uid },
            ["target"] = new JsonObject { ["apiVersion"] = "v1", ["kind"] = "Node", ["name"] = node },
        };
        await UnlessGoneAsync(SendAsync(HttpMethod.Post, Kinds.Pod.Object(pod.Key) + "/binding", binding, "application/json", ct));
    }

    private static async Task<JsonElement?> UnlessGoneAsync(Task<JsonElement> request)
    {
        try
        {
            return await request;
        }
        catch (ApiException refusal) when (refusal.Code == HttpStatusCode.NotFound)
        {
            return null;
        }
    }

    private async Task<JsonElement> SendAsync(HttpMethod method, string path, JsonObject? body, string mediaType, CancellationToken ct)
    {
        using CancellationTokenSource life = CancellationTokenSource.CreateLinkedTokenSource(ct);
        life.CancelAfter(RequestTime);
        using HttpRequestMessage request = new(method, path);
        if (body is not null)
        {
            request.Content = new StringContent(body.ToJsonString(), Encoding.UTF8, mediaType);
        }

        using HttpResponseMessage response = await http.SendAsync(request, life.Token);
        string text = await response.Content.ReadAsStringAsync(life.Token);
        return response.IsSuccessStatusCode ? JsonElement.Parse(text) : throw Refusal(response, text);
    }

    private static WatchFrame? Frame(JsonElement line)
    {
        JsonElement content = line.At("object");
        return line.Text("type") switch
        {
            "ADDED" or "MODIFIED" => new WatchFrame.Present(new KubeObject(content)),
            "DELETED" => new WatchFrame.Gone(new KubeObject(content)),
            "BOOKMARK" => new WatchFrame.Bookmark(content.Text("metadata", "resourceVersion") ?? ""),
            "ERROR" => throw Refusal((HttpStatusCode)content.Number("code", 500), content, null),
            _ => null,
        };
    }

    private static ApiException Refusal(HttpResponseMessage response, string text)
    {
        JsonElement status = default;
        if (text.StartsWith('{'))
        {
            status = JsonElement.Parse(text);
        }

        TimeSpan? wait = response.Headers.RetryAfter?.Delta;
        return Refusal(response.StatusCode, status, wait);
    }

    private static ApiException Refusal(HttpStatusCode code, JsonElement status, TimeSpan? wait) =>
        new(code, status.Text("reason") ?? "", status.Text("message") ?? string.Create(CultureInfo.InvariantCulture, $"the server answered {(int)code}"), wait);
}
