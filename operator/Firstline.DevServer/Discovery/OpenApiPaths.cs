using System.Text.Json.Nodes;
using Firstline.DevServer.Schemas;

namespace Firstline.DevServer.Discovery;

/// <summary>The path items of an OpenAPI v3 document: enough for kubectl to find a resource's kind (<c>explain</c>) and to see that writes
/// take <c>fieldValidation</c>, so that the server and not kubectl checks fields.</summary>
internal static class OpenApiPaths
{
    private static readonly string[] WriteParameters = ["dryRun", "fieldManager", "fieldValidation"];

    /// <param name="resource">What the paths are for.</param>
    /// <param name="item">Reference to the kind's schema.</param>
    /// <param name="paths">Takes the path items.</param>
    public static void Add(ServedResource resource, JsonObject item, JsonObject paths)
    {
        KindDefinition kind = resource.Kind;
        string root = kind.Group.Length == 0 ? $"/api/{kind.Version}" : $"/apis/{kind.Group}/{kind.Version}";
        string collection = kind.Namespaced ? $"{root}/namespaces/{{namespace}}/{kind.Plural}" : $"{root}/{kind.Plural}";
        paths[collection] = Collection(resource, item);
        if (resource.Verbs.Length == 1)
        {
            return;
        }

        if (kind.Namespaced)
        {
            paths[$"{root}/{kind.Plural}"] = new JsonObject { ["get"] = Operation(kind, "list", item) };
        }

        paths[$"{collection}/{{name}}"] = Item(kind, item);
        foreach (Subresource part in resource.Subresources.Where(s => s.Name == "status"))
        {
            paths[$"{collection}/{{name}}/{part.Name}"] = Part(kind, item);
        }
    }

    private static JsonObject Collection(ServedResource resource, JsonObject item)
    {
        JsonObject path = [];
        if (resource.Verbs.Length > 1)
        {
            path["get"] = Operation(resource.Kind, "list", item);
        }

        path["post"] = Operation(resource.Kind, "post", item);
        return path;
    }

    private static JsonObject Item(KindDefinition kind, JsonObject item)
    {
        JsonObject path = Part(kind, item);
        path["delete"] = Operation(kind, "delete", item);
        return path;
    }

    private static JsonObject Part(KindDefinition kind, JsonObject item) => new()
    {
        ["get"] = Operation(kind, "get", item),
        ["put"] = Operation(kind, "put", item),
        ["patch"] = Operation(kind, "patch", item),
    };

    private static JsonObject Operation(KindDefinition kind, string action, JsonObject item)
    {
        JsonObject operation = new()
        {
            ["operationId"] = $"{action}{kind.Kind}",
            ["responses"] = new JsonObject { ["200"] = new JsonObject { ["description"] = "OK", ["content"] = Content("application/json", item) } },
            ["x-kubernetes-action"] = action,
            ["x-kubernetes-group-version-kind"] = OpenApiDocuments.Type(kind.Group, kind.Version, kind.Kind),
        };
        if (action is "post" or "put" or "patch")
        {
            operation["parameters"] = WriteParameters.Select(Parameter).ToJson();
            operation["requestBody"] = new JsonObject
            {
                ["required"] = true,
                ["content"] = action == "patch" ? PatchContent(kind) : Content("*/*", item),
            };
        }

        return operation;
    }

    private static JsonObject Parameter(string name) => new()
    {
        ["name"] = name,
        ["in"] = "query",
        ["schema"] = new JsonObject { ["type"] = "string", ["uniqueItems"] = true },
    };

    private static JsonObject Content(string mediaType, JsonObject item) => new() { [mediaType] = new JsonObject { ["schema"] = item.DeepClone() } };

    private static JsonObject PatchContent(KindDefinition kind)
    {
        string[] types = ["application/apply-patch+yaml", "application/json-patch+json", "application/merge-patch+json"];
        JsonObject content = [];
        foreach (string type in kind.IsCustom ? types : [.. types, "application/strategic-merge-patch+json"])
        {
            content[type] = new JsonObject { ["schema"] = new JsonObject { ["type"] = "object" } };
        }

        return content;
    }
}
