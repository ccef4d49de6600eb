using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;
using Firstline.Api.Meta;

namespace Firstline.Kube.Client;

/// <summary>The reading verbs.</summary>
public static class KubeReads
{
    private const int PageSize = 500;

    /// <summary>Reads one object.</summary>
    /// <exception cref="KubeException"><see cref="KubeErrorKind.NotFound"/> when it is not there.</exception>
    public static async Task<T> GetAsync<T>(
        this IKubeClient client, ResourceType type, NamespacedName key, JsonTypeInfo<T> json, CancellationToken ct) =>
        (await client.GetAsync(type, key, ct)).Read(json);

    /// <summary>Reads one object as the server sends it.</summary>
    public static Task<KubeResponse> GetAsync(this IKubeClient client, ResourceType type, NamespacedName key, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(client);
        return client.SendAsync(new KubeRequest { Verb = KubeVerb.Get, Type = type, Key = key, IsRepeatable = true }, ct);
    }

    /// <summary>Reads one object, or null when it is not there.</summary>
    public static async Task<T?> FindAsync<T>(
        this IKubeClient client, ResourceType type, NamespacedName key, JsonTypeInfo<T> json, CancellationToken ct)
        where T : class
    {
        try
        {
            return await client.GetAsync(type, key, json, ct);
        }
        catch (KubeException e) when (e.Kind == KubeErrorKind.NotFound)
        {
            return null;
        }
    }

    /// <summary>Reads a list page by page, decoding item by item as the bytes come; the whole list is never held.</summary>
    public static async IAsyncEnumerable<T> ListAsync<T>(
        this IKubeClient client, ResourceQuery query, JsonTypeInfo<T> json, [EnumeratorCancellation] CancellationToken ct)
    {
        Projection<T> projection = Projections.Of(json);
        ListPosition position = new("", "");
        do
        {
            List<T> page = [];
            position = await client.ListPageAsync(query, position.Continue, PageSize, item => page.Add(projection(item)), ct);
            foreach (T item in page)
            {
                yield return item;
            }
        }
        while (position.Continue.Length > 0);
    }

    /// <summary>Asks for one object of a query, its metadata alone: whether there is any, and whether they may be listed at all.</summary>
    /// <exception cref="KubeException"><see cref="KubeErrorKind.Forbidden"/>: they may not.</exception>
    public static async Task<bool> ProbeAsync(this IKubeClient client, ResourceQuery query, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(client);
        ArgumentNullException.ThrowIfNull(query);
        KubeResponse answer = await client.SendAsync(
            new KubeRequest
            {
                Verb = KubeVerb.List,
                Type = query.Type,
                Key = new(query.Namespace, ""),
                IsRepeatable = true,
                MetadataOnly = true,
                Query = query.Parameters(KeyValuePair.Create("limit", "1")),
            },
            ct);
        return answer.ReadTree()["items"] is JsonArray { Count: > 0 };
    }

    /// <summary>Any path that is not an object's, such as <c>/version</c>.</summary>
    public static Task<KubeResponse> RawAsync(this IKubeClient client, string path, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(client);
        return client.SendAsync(new KubeRequest { Verb = KubeVerb.Get, RawPath = path, IsRepeatable = true }, ct);
    }

    /// <summary>The end of a container's log, at most as much as asked for.</summary>
    public static async Task<string> ReadLogAsync(this IKubeClient client, NamespacedName pod, PodLogOptions options, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(client);
        ArgumentNullException.ThrowIfNull(options);
        KubeRequest request = new()
        {
            Verb = KubeVerb.Get, Type = CoreTypes.Pods, Key = pod, Subresource = "log", IsRepeatable = true, Query = options.Parameters(),
        };
        return (await client.SendAsync(request, ct)).Text;
    }

    private static IEnumerable<KeyValuePair<string, string>> Page(int limit, string continueToken)
    {
        if (limit > 0)
        {
            yield return new("limit", limit.ToString(CultureInfo.InvariantCulture));
        }

        if (continueToken.Length > 0)
        {
            yield return new("continue", continueToken);
        }
    }

    /// <summary>Reads one page of a list (0: without a limit), handing out each item's bytes as it is complete.</summary>
    internal static async Task<ListPosition> ListPageAsync(
        this IKubeClient client, ResourceQuery query, string continueToken, int limit, JsonItem onItem, CancellationToken ct, TimeSpan? timeout = null)
    {
        KubeRequest request = new()
        {
            Verb = KubeVerb.List,
            Type = query.Type,
            Key = new(query.Namespace, ""),
            IsRepeatable = true,
            MetadataOnly = query.MetadataOnly,
            Timeout = timeout,
            Query = query.Parameters([.. Page(limit, continueToken)]),
        };
        await using Stream stream = await client.OpenAsync(request, ct);
        try
        {
            using ListPageReader reader = new(stream, onItem);
            return await reader.ReadAsync(ct);
        }
        catch (Exception e) when (e is HttpRequestException or IOException)
        {
            throw KubeErrors.Unreachable(request, e);
        }
        catch (System.Text.Json.JsonException e)
        {
            throw new KubeException(KubeErrorKind.MalformedAnswer, $"cannot list {query}: the answer is cut or is not JSON: {e.Message}", null, e);
        }
    }
}
