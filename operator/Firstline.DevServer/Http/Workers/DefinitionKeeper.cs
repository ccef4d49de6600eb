using System.Collections.Immutable;
using System.Text.Json.Nodes;
using Firstline.DevServer.Http.Writing;
using Firstline.DevServer.Patching;
using Firstline.DevServer.Schemas;
using Firstline.DevServer.Schemas.Contracts;
using Firstline.DevServer.Store;

namespace Firstline.DevServer.Http.Workers;

/// <summary>Establishes CustomResourceDefinitions, keeps the registry in step with them, and empties the kinds of deleted ones.</summary>
internal sealed class DefinitionKeeper(
    ObjectStore store, KindRegistry kinds, ObjectWriter writer, ObjectDeleter deleter, TimeProvider time, ILogger<DefinitionKeeper> log) : StoreWorker(store, log)
{
    /// <summary>Keeps a definition until its objects are gone, as on a real server.</summary>
    private const string CleanupFinalizer = "customresourcecleanup.apiextensions.k8s.io";

    private static readonly WriteOptions AsController = new(WriteMode.Commit, FieldValidation.Ignore, "kube-apiserver");

    private readonly ObjectStore store = store;

    /// <summary>Brings everything in step now; the server calls it before it answers its first request.</summary>
    public void Refresh()
    {
        ImmutableArray<StoredObject> definitions = All();
        foreach (StoredObject definition in definitions)
        {
            Accept(definition);
        }

        kinds.SetCustomResources(All().Select(definition => definition.Json));
    }

    protected override void Handle(StoreEvent change)
    {
        if (change.Object.Key.Resource == KindRules.Definitions)
        {
            Refresh();
        }

        foreach (StoredObject definition in All().Where(definition => definition.IsTerminating))
        {
            Empty(definition);
        }
    }

    private ImmutableArray<StoredObject> All() => [.. store.Snapshot(KindRules.Definitions).Objects.In("")];

    private void Accept(StoredObject definition)
    {
        if (definition.IsTerminating || kinds.FindByKind("apiextensions.k8s.io/v1", "CustomResourceDefinition") is not { } kind)
        {
            return;
        }

        writer.Update(kind, definition.Key, "status", current => Accepted(current), AsController);
        writer.Update(kind, definition.Key, null, WithCleanup, AsController);
    }

    private Proposal Accepted(StoredObject current)
    {
        JsonObject json = (JsonObject)current.Json.DeepClone();
        IEnumerable<JsonObject> others = All().Where(other => other.Key != current.Key).Select(other => other.Json);
        JsonObject status = CrdAcceptance.Status(current.Json, others, time.GetUtcNow());
        if (!JsonEquality.Same(json["status"], status))
        {
            json["status"] = status;
        }

        return new Proposal(json);
    }

    private static Proposal WithCleanup(StoredObject current)
    {
        JsonObject json = (JsonObject)current.Json.DeepClone();
        ImmutableArray<string> finalizers = ObjectMetadata.Finalizers(json);
        if (!finalizers.Contains(CleanupFinalizer))
        {
            ObjectMetadata.SetFinalizers(json, finalizers.Add(CleanupFinalizer));
        }

        return new Proposal(json);
    }

    private void Empty(StoredObject definition)
    {
        foreach (StoredObject item in store.Snapshot(definition.Key.Name).Objects.In(null).Where(item => !item.IsTerminating))
        {
            Delete(item);
        }

        if (!store.Snapshot(definition.Key.Name).Objects.In(null).Any() && kinds.FindByKind("apiextensions.k8s.io/v1", "CustomResourceDefinition") is { } kind)
        {
            writer.Update(kind, definition.Key, null, WithoutCleanup, AsController);
        }
    }

    private void Delete(StoredObject item)
    {
        if (kinds.FindByKind(ObjectMetadata.Text(item.Json, "apiVersion", ""), ObjectMetadata.Text(item.Json, "kind", "")) is { } kind)
        {
            deleter.Delete(kind, item.Key, DeleteOptions.Background);
        }
    }

    private static Proposal WithoutCleanup(StoredObject current)
    {
        JsonObject json = (JsonObject)current.Json.DeepClone();
        ObjectMetadata.SetFinalizers(json, ObjectMetadata.Finalizers(json).Remove(CleanupFinalizer));
        return new Proposal(json);
    }
}
