using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;
using Firstline.Api.Meta;
using Firstline.Kube.Wire;

namespace Firstline.Kube.Client;

/// <summary>The writing verbs. There is no PUT: an edit by patch leaves alone what this program does not know.</summary>
public static class KubeWrites
{
    /// <summary>Creates an object in the namespace of <paramref name="ns"/> (empty for cluster-scoped kinds).</summary>
    public static Task<KubeResponse> CreateAsync<T>(
        this IKubeClient client, ResourceType type, string ns, T body, JsonTypeInfo<T> json, CancellationToken ct, WriteOptions? options = null) =>
        client.CreateAsync(type, ns, JsonSerializer.SerializeToUtf8Bytes(body, json), ct, options);

    /// <summary>Creates an object from its JSON.</summary>
    public static Task<KubeResponse> CreateAsync(
        this IKubeClient client, ResourceType type, string ns, ReadOnlyMemory<byte> body, CancellationToken ct, WriteOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(client);
        options ??= WriteOptions.Default;
        return client.SendAsync(
            new KubeRequest
            {
                Verb = KubeVerb.Create, Type = type, Key = new(ns, ""), Subresource = options.Subresource, Body = body, Query = Parameters(client, options),
                OnceWithin = options.OnceWithin,
            },
            ct);
    }

    /// <summary>Server-side apply: the object has these fields, owned by the field manager; creates it where it is missing.</summary>
    public static Task<KubeResponse> ApplyAsync<T>(
        this IKubeClient client, ResourceType type, NamespacedName key, T body, JsonTypeInfo<T> json, CancellationToken ct,
        WriteOptions? options = null, ApplyConflicts conflicts = ApplyConflicts.Force) =>
        client.ApplyAsync(type, key, JsonSerializer.SerializeToUtf8Bytes(body, json), ct, options, conflicts);

    /// <summary>Server-side apply from JSON.</summary>
    public static Task<KubeResponse> ApplyAsync(
        this IKubeClient client, ResourceType type, NamespacedName key, ReadOnlyMemory<byte> body, CancellationToken ct,
        WriteOptions? options = null, ApplyConflicts conflicts = ApplyConflicts.Force)
    {
        ArgumentNullException.ThrowIfNull(client);
        options ??= WriteOptions.Default;
        ImmutableArray<KeyValuePair<string, string>> query = Parameters(client, options);
        return client.SendAsync(
            new KubeRequest
            {
                Verb = KubeVerb.Apply, Type = type, Key = key, Subresource = options.Subresource, Body = YamlText.Of(body), ContentType = Patch.ApplyType,
                IsRepeatable = true, OnceWithin = options.OnceWithin,
                Query = conflicts == ApplyConflicts.Force ? query.Add(new("force", "true")) : query,
            },
            ct);
    }

    /// <summary>
    /// Changes an object. A <c>metadata.resourceVersion</c> or <c>metadata.uid</c> in a merge patch is a precondition: the server answers
    /// <see cref="KubeErrorKind.Conflict"/> when the object is another.
    /// </summary>
    public static Task<KubeResponse> PatchAsync(
        this IKubeClient client, ResourceType type, NamespacedName key, Patch patch, CancellationToken ct, WriteOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(client);
        ArgumentNullException.ThrowIfNull(patch);
        options ??= WriteOptions.Default;
        return client.SendAsync(
            new KubeRequest
            {
                Verb = KubeVerb.Patch, Type = type, Key = key, Subresource = options.Subresource, Body = patch.Body, ContentType = patch.ContentType,
                Query = Parameters(client, options), OnceWithin = options.OnceWithin,
            },
            ct);
    }

    /// <summary>Deletes an object; with <see cref="DeleteOptions.Uid"/> only that very one.</summary>
    public static Task<KubeResponse> DeleteAsync(
        this IKubeClient client, ResourceType type, NamespacedName key, CancellationToken ct, DeleteOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(client);
        options ??= DeleteOptions.Default;
        return client.SendAsync(
            new KubeRequest
            {
                Verb = KubeVerb.Delete, Type = type, Key = key, IsRepeatable = options.Uid is not null, Query = DryRun(options.Mode),
                OnceWithin = options.OnceWithin, Body = JsonSerializer.SerializeToUtf8Bytes(BodyOf(options), KubeJson.Default.DeleteBody),
            },
            ct);
    }

    /// <summary>Sets the replicas of a workload through its scale subresource; <paramref name="resourceVersion"/> makes it conditional.</summary>
    public static Task<KubeResponse> ScaleAsync(
        this IKubeClient client, ResourceType type, NamespacedName key, int replicas, CancellationToken ct,
        WriteOptions? options = null, string? resourceVersion = null)
    {
        JsonObject patch = new() { ["spec"] = new JsonObject { ["replicas"] = replicas } };
        if (resourceVersion is not null)
        {
            patch["metadata"] = new JsonObject { ["resourceVersion"] = resourceVersion };
        }

        return client.PatchAsync(type, key, Patch.Merge(patch), ct, (options ?? WriteOptions.Default) with { Subresource = "scale" });
    }

    /// <summary>Asks to delete a pod as far as its PodDisruptionBudget allows.</summary>
    /// <exception cref="KubeException"><see cref="KubeErrorKind.TooManyRequests"/>: the budget does not allow it now; never retried by the client.</exception>
    public static Task<KubeResponse> EvictAsync(this IKubeClient client, NamespacedName pod, CancellationToken ct, DeleteOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(client);
        options ??= DeleteOptions.Default;
        Eviction eviction = new(new EvictionMeta(pod.Name, pod.Namespace), BodyOf(options));
        return client.SendAsync(
            new KubeRequest
            {
                Verb = KubeVerb.Create, Type = CoreTypes.Pods, Key = pod, Subresource = "eviction", Query = DryRun(options.Mode),
                OnceWithin = options.OnceWithin, Body = JsonSerializer.SerializeToUtf8Bytes(eviction, KubeJson.Default.Eviction),
            },
            ct);
    }

    private static ImmutableArray<KeyValuePair<string, string>> Parameters(IKubeClient client, WriteOptions options)
    {
        ImmutableArray<KeyValuePair<string, string>> query =
            [new("fieldManager", options.FieldManager ?? client.FieldManager), new("fieldValidation", options.FieldValidation.ToString())];
        return query.AddRange(DryRun(options.Mode));
    }

    private static ImmutableArray<KeyValuePair<string, string>> DryRun(WriteMode mode) =>
        mode == WriteMode.DryRun ? [new("dryRun", "All")] : [];

    private static DeleteBody BodyOf(DeleteOptions options) => new()
    {
        Preconditions = options.Uid is null && options.ResourceVersion is null ? null : new(options.Uid, options.ResourceVersion),
        PropagationPolicy = options.Propagation?.ToString(),
        GracePeriodSeconds = options.GracePeriod is { } grace ? (long)grace.TotalSeconds : null,

        // Beside a body the API server does not look at the query: what is asked for there alone would be deleted.
        DryRun = options.Mode == WriteMode.DryRun ? ["All"] : null,
    };
}
