using System.Text.Json.Nodes;
using Firstline.DevServer.Http.Errors;
using Firstline.DevServer.Http.Writing;
using Firstline.DevServer.Schemas;
using Firstline.DevServer.Schemas.Contracts;
using Firstline.DevServer.Store;

namespace Firstline.DevServer.Http.Workers;

/// <summary>Empties namespaces that are being deleted, and lets them go when nothing is left in them.</summary>
internal sealed class NamespaceCleaner(
    ObjectStore store, IKindRegistry kinds, ObjectWriter writer, ObjectDeleter deleter, ILogger<NamespaceCleaner> log) : StoreWorker(store, log)
{
    private static readonly WriteOptions AsController = new(WriteMode.Commit, FieldValidation.Ignore, "kube-controller-manager");

    private readonly ObjectStore store = store;

    protected override void Handle(StoreEvent change)
    {
        string name = change.Object.Key.Resource == KindRules.Namespaces ? change.Object.Key.Name : change.Object.Key.Namespace;
        if (name.Length > 0 && store.Find(new ObjectKey(KindRules.Namespaces, "", name)) is { IsTerminating: true } ns)
        {
            Empty(ns);
        }
    }

    private void Empty(StoredObject ns)
    {
        List<StoredObject> content = [.. store.Resources.SelectMany(resource => store.Snapshot(resource).Objects.In(ns.Key.Name))];
        foreach (StoredObject item in content.Where(item => !item.IsTerminating))
        {
            Delete(item);
        }

        if (content.All(item => store.Find(item.Key) is null) && kinds.FindByKind("v1", "Namespace") is { } kind)
        {
            writer.Update(kind, ns.Key, "finalize", WithoutFinalizer, AsController);
        }
    }

    private void Delete(StoredObject item)
    {
        KindDefinition? kind = kinds.FindByKind(ObjectMetadata.Text(item.Json, "apiVersion", ""), ObjectMetadata.Text(item.Json, "kind", ""));
        try
        {
            if (kind is not null)
            {
                deleter.Delete(kind, item.Key, DeleteOptions.Background);
            }
            else
            {
                writer.Commit(item.Key, item, null);
            }
        }
        catch (ApiException e) when (e.Code == 404)
        {
            // Somebody else deleted it first.
            return;
        }
    }

    private static Proposal WithoutFinalizer(StoredObject current)
    {
        JsonObject json = (JsonObject)current.Json.DeepClone();
        if (json["spec"] is JsonObject spec && spec["finalizers"] is JsonArray finalizers)
        {
            finalizers.RemoveAll(finalizer => ObjectMetadata.AsText(finalizer) == NamespaceRules.Finalizer);
        }

        return new Proposal(json);
    }
}
