using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Firstline.DevServer.Http.Errors;
using Firstline.DevServer.Patching;
using Firstline.DevServer.Schemas;
using Firstline.DevServer.Store;

namespace Firstline.DevServer.Http.Writing;

/// <summary>Deletes objects, at once or in steps: finalizers, grace periods of pods, and namespaces make a deletion wait.</summary>
internal sealed class ObjectDeleter(ObjectStore store, ObjectWriter writer, TimeProvider time)
{
    public const string OrphanFinalizer = "orphan";
    public const string ForegroundFinalizer = "foregroundDeletion";

    private const long DefaultGracePeriod = 30;

    /// <returns>Deleted: the object is gone. Updated or Unchanged: it is marked, and goes when what it waits for is done.</returns>
    /// <exception cref="ApiException">The object does not exist, or a precondition does not hold.</exception>
    public WriteResult Delete(KindDefinition kind, ObjectKey key, DeleteOptions options)
    {
        while (true)
        {
            StoredObject current = store.Find(key) ?? throw ApiErrors.NotFound(kind, key.Name);
            ThrowUnlessExpected(kind, current, options);
            JsonObject next = (JsonObject)current.Json.DeepClone();
            ObjectMetadata.SetFinalizers(next, Finalizers(current, options));
            long grace = GracePeriod(kind, next, options);
            if (IsFree(kind, next) && grace == 0)
            {
                if (options.Mode == WriteMode.DryRun || writer.Commit(key, current, null) is not null)
                {
                    return new WriteResult(current, WriteOutcome.Deleted, []);
                }

                continue;
            }

            Mark(kind, current, next, grace);
            if (JsonEquality.Same(current.Json, next))
            {
                return new WriteResult(current, WriteOutcome.Unchanged, []);
            }

            StoredObject? marked = options.Mode == WriteMode.DryRun ? StoredObject.Seal(key, next, current.Version) : writer.Commit(key, current, next);
            if (marked is not null)
            {
                return new WriteResult(marked, WriteOutcome.Updated, []);
            }
        }
    }

    private static void ThrowUnlessExpected(KindDefinition kind, StoredObject current, DeleteOptions options)
    {
        string version = current.Version.ToString(CultureInfo.InvariantCulture);
        string? problem = options switch
        {
            { Uid: { } uid } when uid != current.Uid =>
                $"the UID in the precondition ({uid}) does not match the UID in record ({current.Uid}). The object might have been deleted and then recreated",
            { ResourceVersion: { } asked } when asked != version =>
                $"the ResourceVersion in the precondition ({asked}) does not match the ResourceVersion in record ({version}). The object might have been modified",
            _ => null,
        };
        if (problem is not null)
        {
            throw new ApiException(
                409, "Conflict", $"Operation cannot be fulfilled on {kind.Kind} \"{current.Key.Name}\": {problem}",
                new JsonObject { ["name"] = current.Key.Name, ["kind"] = kind.Kind });
        }
    }

    private static ImmutableArray<string> Finalizers(StoredObject current, DeleteOptions options)
    {
        ImmutableArray<string> present = ObjectMetadata.Finalizers(current.Json);
        if (options.Propagation is not { } propagation)
        {
            return present;
        }

        ImmutableArray<string> others = present.RemoveAll(name => name is OrphanFinalizer or ForegroundFinalizer);
        return propagation switch
        {
            Propagation.Orphan => others.Add(OrphanFinalizer),
            Propagation.Foreground => others.Add(ForegroundFinalizer),
            _ => others,
        };
    }

    /// <summary>Seconds that the object's kubelet gets; 0 where nobody has to stop anything.</summary>
    private static long GracePeriod(KindDefinition kind, JsonObject json, DeleteOptions options)
    {
        bool runs = kind.QualifiedName == KindRules.Pods
            && ObjectMetadata.AsText(json["spec"]?["nodeName"]) is { Length: > 0 }
            && ObjectMetadata.AsText(json["status"]?["phase"]) is not ("Succeeded" or "Failed");
        if (!runs)
        {
            return 0;
        }

        long wanted = options.GracePeriodSeconds ?? Number(json["spec"]?["terminationGracePeriodSeconds"]) ?? DefaultGracePeriod;
        return Math.Max(wanted, 0);
    }

    private static bool IsFree(KindDefinition kind, JsonObject json) =>
        ObjectMetadata.Finalizers(json).IsEmpty
        && (kind.QualifiedName != KindRules.Namespaces || json["spec"]?["finalizers"] is not JsonArray { Count: > 0 });

    /// <summary>Sets the deletion's time; a later deletion may shorten the time, never lengthen it.</summary>
    private void Mark(KindDefinition kind, StoredObject current, JsonObject next, long grace)
    {
        JsonObject metadata = ObjectMetadata.Of(next);
        long? running = Number(metadata["deletionGracePeriodSeconds"]);
        if (!current.IsTerminating || grace < running)
        {
            metadata["deletionTimestamp"] = Timestamps.Format(time.GetUtcNow().AddSeconds(grace));
            metadata["deletionGracePeriodSeconds"] = grace;
        }

        if (!current.IsTerminating && kind.HasGeneration)
        {
            ObjectPreparation.IncrementGeneration(next);
        }

        if (kind.QualifiedName == KindRules.Namespaces)
        {
            next["status"] = new JsonObject { ["phase"] = "Terminating" };
            metadata.Remove("deletionGracePeriodSeconds");
        }
    }

    private static long? Number(JsonNode? node) =>
        node?.GetValueKind() == JsonValueKind.Number ? long.Parse(node.ToJsonString(), CultureInfo.InvariantCulture) : null;
}
