using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using Firstline.DevServer.Http.Errors;
using Firstline.DevServer.Http.Requests;
using Firstline.DevServer.Http.Responses;
using Firstline.DevServer.Http.Verbs;
using Firstline.DevServer.Store;

namespace Firstline.DevServer.Http.Subresources;

/// <summary>Reads container logs from the pod's annotations <c>fake/log</c>, <c>fake/log.CONTAINER</c> and <c>fake/log.CONTAINER.previous</c>.</summary>
/// <remarks>No kubelet is behind this server: whoever plays one is a client of the API, and annotations are what a client can write.</remarks>
internal sealed class LogSubresource(ObjectStore store, CancellationToken stopping) : IVerb
{
    public async Task HandleAsync(ApiRequest request)
    {
        using Subscription changes = store.Subscribe(request.Key.Resource);
        StoredObject pod = store.Find(request.Key) ?? throw ApiErrors.NotFound(request.Kind, request.Name);
        string container = Container(request, pod.Json);
        string sent = Lines(Text(pod.Json, container, request.Flag("previous"), request.Name), request);
        if (!request.Flag("follow") || request.Flag("previous"))
        {
            await Responder.SendTextAsync(request.Http, 200, sent);
            return;
        }

        using CancellationTokenSource end = CancellationTokenSource.CreateLinkedTokenSource(request.Aborted, stopping);
        await FollowAsync(request, changes, pod, container, sent, end.Token);
    }

    private static async Task FollowAsync(
        ApiRequest request, Subscription changes, StoredObject pod, string container, string first, CancellationToken cancellation)
    {
        HttpResponse response = Responder.Prepare(request.Http, 200, "text/plain; charset=utf-8");
        string known = Text(pod.Json, container, false, request.Name);
        await SendAsync(response, first, cancellation);
        bool running = IsRunning(pod.Json);
        while (running && await changes.Events.WaitToReadAsync(cancellation))
        {
            while (running && changes.Events.TryRead(out StoreEvent? change))
            {
                if (change.Object.Key != request.Key || change.Version <= pod.Version)
                {
                    continue;
                }

                string text = Text(change.Object.Json, container, false, request.Name);
                await SendAsync(response, text.StartsWith(known, StringComparison.Ordinal) ? text[known.Length..] : text, cancellation);
                known = text;
                running = change.Type != StoreEventType.Deleted && IsRunning(change.Object.Json);
            }
        }
    }

    private static async Task SendAsync(HttpResponse response, string text, CancellationToken cancellation)
    {
        await response.BodyWriter.WriteAsync(Encoding.UTF8.GetBytes(text), cancellation);
        await response.BodyWriter.FlushAsync(cancellation);
    }

    private static bool IsRunning(JsonObject pod) => ObjectMetadata.AsText(pod["status"]?["phase"]) is not ("Succeeded" or "Failed");

    private static string Container(ApiRequest request, JsonObject pod)
    {
        ImmutableArray<string> main = Names(pod, "containers");
        ImmutableArray<string> all = [.. main, .. Names(pod, "initContainers")];
        string asked = request.Query("container");
        if (asked.Length == 0)
        {
            return main.Length == 1
                ? main[0]
                : throw ApiErrors.BadRequest($"a container name must be specified for pod {request.Name}, choose one of: [{string.Join(' ', all)}]");
        }

        return all.Contains(asked) ? asked : throw ApiErrors.BadRequest($"container {asked} is not valid for pod {request.Name}");
    }

    private static ImmutableArray<string> Names(JsonObject pod, string field) =>
        [.. (pod["spec"]?[field] as JsonArray ?? []).OfType<JsonObject>().Select(container => ObjectMetadata.Text(container, "name", ""))];

    private static string Text(JsonObject pod, string container, bool previous, string name)
    {
        ImmutableDictionary<string, string> annotations = ObjectMetadata.Strings(pod, "annotations");
        if (previous)
        {
            return annotations.GetValueOrDefault($"fake/log.{container}.previous")
                ?? throw ApiErrors.BadRequest($"previous terminated container \"{container}\" in pod \"{name}\" not found");
        }

        return annotations.GetValueOrDefault($"fake/log.{container}") ?? annotations.GetValueOrDefault("fake/log") ?? "";
    }

    private static string Lines(string text, ApiRequest request)
    {
        if (Number(request, "tailLines") is { } count)
        {
            string[] lines = text.Split('\n');
            string end = text.EndsWith('\n') ? "\n" : "";
            string[] full = end.Length > 0 ? lines[..^1] : lines;
            text = count == 0 ? "" : string.Join('\n', full.TakeLast(count)) + end;
        }

        return Number(request, "limitBytes") is { } limit && text.Length > limit ? text[..limit] : text;
    }

    private static int? Number(ApiRequest request, string name)
    {
        string text = request.Query(name);
        if (text.Length == 0)
        {
            return null;
        }

        return int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int number)
            ? number
            : throw ApiErrors.BadRequest($"{name} must be a number, 0 or more");
    }
}
