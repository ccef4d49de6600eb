using System.Globalization;
using System.Text.Json.Nodes;
using Firstline.DevServer.Patching;
using Firstline.DevServer.Schemas;
using Firstline.DevServer.Store;

namespace Firstline.DevServer.Http.Writing;

/// <summary>Fills in and protects what only the server may decide: identity, timestamps, generation, and the part of the object that the endpoint does not write.</summary>
internal static class ObjectPreparation
{
    private static readonly string[] ServerOwned =
        ["uid", "creationTimestamp", "deletionTimestamp", "deletionGracePeriodSeconds", "generation", "selfLink"];

    /// <param name="kind">The object's kind.</param>
    /// <param name="json">Changed in place.</param>
    /// <param name="ns">Namespace of the request; empty for cluster-scoped kinds.</param>
    /// <param name="now">Becomes the creation time.</param>
    public static void ForCreate(KindDefinition kind, JsonObject json, string ns, DateTimeOffset now)
    {
        JsonObject metadata = ObjectMetadata.Of(json);
        foreach (string field in ServerOwned.Where(field => field != "generation" || kind.HasGeneration))
        {
            metadata.Remove(field);
        }

        if (ns.Length > 0)
        {
            metadata["namespace"] = ns;
        }
        else
        {
            metadata.Remove("namespace");
        }

        if (ObjectMetadata.Name(json).Length == 0 && ObjectMetadata.Text(json, "generateName") is { Length: > 0 } prefix)
        {
            metadata["name"] = NameGenerator.From(prefix);
        }

        metadata["uid"] = Guid.NewGuid().ToString();
        metadata["creationTimestamp"] = Timestamps.Format(now);
        if (kind.HasGeneration)
        {
            metadata["generation"] = 1;
        }

        if (kind.HasStatus && !KindRules.KeepsStatusOnCreate(kind))
        {
            json.Remove("status");
            if (!kind.IsCustom)
            {
                json["status"] = new JsonObject();
            }
        }
    }

    /// <param name="kind">The object's kind.</param>
    /// <param name="current">The stored object; not changed.</param>
    /// <param name="next">What is to replace it; changed in place.</param>
    /// <param name="subresource">Null for the main resource.</param>
    public static void ForUpdate(KindDefinition kind, JsonObject current, JsonObject next, string? subresource)
    {
        JsonObject metadata = ObjectMetadata.Of(next);
        JsonObject before = ObjectMetadata.Of(current);
        foreach (string field in ServerOwned)
        {
            Copy(before, metadata, field);
        }

        Copy(before, metadata, "namespace");
        if (subresource == "status")
        {
            KeepAllBut(kind, current, next);
        }
        else if (kind.HasStatus && subresource != "binding")
        {
            Copy(current, next, "status");
        }

        if (kind.QualifiedName == KindRules.Namespaces && subresource != "finalize" && current["spec"] is { } spec)
        {
            next["spec"] = spec.DeepClone();
        }
    }

    /// <summary>Counts a change of the wanted state: of anything but metadata and status.</summary>
    public static void CountGeneration(KindDefinition kind, JsonObject current, JsonObject next)
    {
        bool changed = current.Select(field => field.Key).Union(next.Select(field => field.Key))
            .Where(name => name is not ("metadata" or "status" or "kind" or "apiVersion"))
            .Any(name => !JsonEquality.Same(current[name], next[name]));
        if (kind.HasGeneration && changed)
        {
            IncrementGeneration(next);
        }
    }

    public static void IncrementGeneration(JsonObject json)
    {
        JsonObject metadata = ObjectMetadata.Of(json);
        metadata["generation"] = (metadata["generation"]?.GetValueKind() == System.Text.Json.JsonValueKind.Number
            ? long.Parse(metadata["generation"]!.ToJsonString(), CultureInfo.InvariantCulture)
            : 0) + 1;
    }

    /// <summary>A status write changes the status; of built-in kinds metadata too, of custom ones managed fields alone.</summary>
    private static void KeepAllBut(KindDefinition kind, JsonObject current, JsonObject next)
    {
        foreach (string name in next.Select(field => field.Key).Union(current.Select(field => field.Key)).ToList())
        {
            if (name is not ("status" or "metadata" or "kind" or "apiVersion"))
            {
                Copy(current, next, name);
            }
        }

        if (kind.IsCustom)
        {
            JsonNode? managed = next["metadata"]?["managedFields"]?.DeepClone();
            Copy(current, next, "metadata");
            ObjectMetadata.Of(next)["managedFields"] = managed;
        }
    }

    private static void Copy(JsonObject source, JsonObject target, string field)
    {
        if (source[field] is { } value)
        {
            target[field] = value.DeepClone();
        }
        else
        {
            target.Remove(field);
        }
    }
}
