using System.Text.Json;
using System.Text.Json.Nodes;
using Firstline.DevServer.Http.Errors;
using Firstline.DevServer.Http.Writing;
using Firstline.DevServer.Schemas;
using Firstline.DevServer.Schemas.Contracts;
using Firstline.DevServer.Store;

namespace Firstline.DevServer.Http.Workers;

/// <summary>Deletes what lost its last owner, and does what foreground and orphan deletions wait for.</summary>
internal sealed class GarbageCollector(
    ObjectStore store, IKindRegistry kinds, ObjectWriter writer, ObjectDeleter deleter, ILogger<GarbageCollector> log) : StoreWorker(store, log)
{
    private static readonly WriteOptions AsCollector = new(WriteMode.Commit, FieldValidation.Ignore, "kube-controller-manager");

    private readonly ObjectStore store = store;
    private readonly OwnerGraph graph = new();

    protected override void Handle(StoreEvent change)
    {
        StoredObject item = change.Object;
        graph.Apply(change);
        if (change.Type == StoreEventType.Deleted)
        {
            foreach (ObjectKey dependent in graph.DependentsOf(item.Uid))
            {
                Settle(dependent);
            }

            foreach (JsonObject owner in ObjectMetadata.Owners(item.Json))
            {
                if (graph.KeyOf(ObjectMetadata.Text(owner, "uid", "")) is { } key)
                {
                    Settle(key);
                }
            }

            return;
        }

        Settle(item.Key);
    }

    private void Settle(ObjectKey key)
    {
        if (store.Find(key) is not { } item || Kind(item) is not { } kind)
        {
            return;
        }

        if (!item.IsTerminating)
        {
            CollectIfUnowned(kind, item);
            return;
        }

        if (ObjectMetadata.Finalizers(item.Json).Contains(ObjectDeleter.OrphanFinalizer))
        {
            Orphan(kind, item);
        }
        else if (ObjectMetadata.Finalizers(item.Json).Contains(ObjectDeleter.ForegroundFinalizer))
        {
            DeleteDependentsFirst(kind, item);
        }
    }

    private void CollectIfUnowned(KindDefinition kind, StoredObject item)
    {
        List<JsonObject> owners = [.. ObjectMetadata.Owners(item.Json)];
        if (owners.Count == 0)
        {
            return;
        }

        List<JsonObject> gone = [.. owners.Where(owner => !Exists(owner, item.Key.Namespace))];
        if (gone.Count == owners.Count)
        {
            Delete(kind, item, Propagation.Background);
        }
        else
        {
            foreach (JsonObject owner in gone)
            {
                Disown(kind, item.Key, ObjectMetadata.Text(owner, "uid", ""));
            }
        }
    }

    private void Orphan(KindDefinition kind, StoredObject owner)
    {
        foreach (ObjectKey dependent in graph.DependentsOf(owner.Uid))
        {
            if (store.Find(dependent) is { } item && Kind(item) is { } dependentKind)
            {
                Disown(dependentKind, dependent, owner.Uid);
            }
        }

        DropFinalizer(kind, owner.Key, ObjectDeleter.OrphanFinalizer);
    }

    private void DeleteDependentsFirst(KindDefinition kind, StoredObject owner)
    {
        foreach (ObjectKey dependent in graph.DependentsOf(owner.Uid))
        {
            if (store.Find(dependent) is { IsTerminating: false } item && Kind(item) is { } dependentKind)
            {
                Delete(dependentKind, item, Propagation.Foreground);
            }
        }

        bool blocked = graph.DependentsOf(owner.Uid).Any(dependent => store.Find(dependent) is { } item && Blocks(item, owner.Uid));
        if (!blocked)
        {
            DropFinalizer(kind, owner.Key, ObjectDeleter.ForegroundFinalizer);
        }
    }

    private static bool Blocks(StoredObject item, string ownerUid) => ObjectMetadata.Owners(item.Json).Any(
        owner => ObjectMetadata.Text(owner, "uid", "") == ownerUid && owner["blockOwnerDeletion"]?.GetValueKind() == JsonValueKind.True);

    /// <summary>An owner of a kind that is not served may exist: only what is known to be gone counts as gone.</summary>
    private bool Exists(JsonObject owner, string ns)
    {
        string uid = ObjectMetadata.Text(owner, "uid", "");
        if (graph.KeyOf(uid) is not null)
        {
            return true;
        }

        KindDefinition? kind = kinds.FindByKind(ObjectMetadata.Text(owner, "apiVersion", ""), ObjectMetadata.Text(owner, "kind", ""));
        return kind is null
            || store.Find(new ObjectKey(kind.QualifiedName, kind.Namespaced ? ns : "", ObjectMetadata.Text(owner, "name", "")))?.Uid == uid;
    }

    private KindDefinition? Kind(StoredObject item) =>
        kinds.FindByKind(ObjectMetadata.Text(item.Json, "apiVersion", ""), ObjectMetadata.Text(item.Json, "kind", ""));

    private void Delete(KindDefinition kind, StoredObject item, Propagation propagation)
    {
        try
        {
            deleter.Delete(kind, item.Key, new DeleteOptions { Propagation = propagation, Uid = item.Uid });
        }
        catch (ApiException e) when (e.Code is 404 or 409)
        {
            // Gone, or already another object of the same name: nothing is left to collect.
            return;
        }
    }

    private void Disown(KindDefinition kind, ObjectKey key, string ownerUid) => Update(kind, key, json =>
    {
        JsonObject metadata = ObjectMetadata.Of(json);
        JsonArray owners = metadata["ownerReferences"] as JsonArray ?? [];
        owners.RemoveAll(owner => owner is JsonObject map && ObjectMetadata.Text(map, "uid", "") == ownerUid);
        if (owners.Count == 0)
        {
            metadata.Remove("ownerReferences");
        }
    });

    private void DropFinalizer(KindDefinition kind, ObjectKey key, string name) =>
        Update(kind, key, json => ObjectMetadata.SetFinalizers(json, ObjectMetadata.Finalizers(json).Remove(name)));

    private void Update(KindDefinition kind, ObjectKey key, Action<JsonObject> edit)
    {
        try
        {
            writer.Update(kind, key, null, current => Edited(current, edit), AsCollector);
        }
        catch (ApiException e) when (e.Code == 404)
        {
            // Gone in the meantime.
            return;
        }
    }

    private static Proposal Edited(StoredObject current, Action<JsonObject> edit)
    {
        JsonObject json = (JsonObject)current.Json.DeepClone();
        edit(json);
        return new Proposal(json);
    }
}
