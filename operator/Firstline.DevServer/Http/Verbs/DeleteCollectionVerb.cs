using System.Globalization;
using System.Text.Json.Nodes;
using Firstline.DevServer.Http.Errors;
using Firstline.DevServer.Http.Reading;
using Firstline.DevServer.Http.Requests;
using Firstline.DevServer.Http.Responses;
using Firstline.DevServer.Http.Writing;
using Firstline.DevServer.Schemas;
using Firstline.DevServer.Store;

namespace Firstline.DevServer.Http.Verbs;

/// <summary>Deletes all selected objects of a collection.</summary>
internal sealed class DeleteCollectionVerb(ObjectStore store, ObjectDeleter deleter) : IVerb
{
    public async Task HandleAsync(ApiRequest request)
    {
        if (!KindRules.CanBeDeletedAsCollection(request.Kind))
        {
            throw ApiErrors.NotSupported(request.Kind, "deletecollection");
        }

        DeleteOptions options = DeleteOptions.Read(request, await DeleteVerb.ReadOptionsAsync(request));
        ListPage page = ObjectLister.List(store, request.Kind.QualifiedName, ListOptions.Read(request));
        foreach (StoredObject item in page.Items)
        {
            DeleteOne(request, item, options);
        }

        await Responder.SendAsync(request.Http, 200, new JsonObject
        {
            ["kind"] = request.Kind.ListKind,
            ["apiVersion"] = request.Kind.ApiVersion,
            ["metadata"] = Metadata(request.Kind),
            ["items"] = new JsonArray([.. page.Items.Select(item => Item(request.Kind, item))]),
        });
    }

    private JsonObject Metadata(KindDefinition kind)
    {
        JsonObject metadata = new() { ["resourceVersion"] = store.Version.ToString(CultureInfo.InvariantCulture) };
        if (kind.IsCustom)
        {
            metadata["continue"] = "";
        }

        return metadata;
    }

    private static JsonObject Item(KindDefinition kind, StoredObject item)
    {
        JsonObject json = (JsonObject)item.Json.DeepClone();
        if (!kind.IsCustom)
        {
            json.Remove("kind");
            json.Remove("apiVersion");
        }

        return json;
    }

    private void DeleteOne(ApiRequest request, StoredObject item, DeleteOptions options)
    {
        try
        {
            deleter.Delete(request.Kind, item.Key, options);
        }
        catch (ApiException e) when (e.Code == 404)
        {
            // Somebody else deleted it first: that is what was asked for.
            return;
        }
    }
}
