using System.Text.Json.Nodes;
using Firstline.DevServer.Http.Errors;
using Firstline.DevServer.Http.Writing;
using Firstline.DevServer.Schemas;
using Firstline.DevServer.Schemas.Contracts;
using Firstline.DevServer.Store;

namespace Firstline.DevServer.Http;

/// <summary>What is there when the first client comes: the namespaces of every cluster, and what the options ask for.</summary>
internal static class InitialContent
{
    private static readonly string[] Namespaces = ["default", "kube-node-lease", "kube-public", "kube-system"];
    private static readonly WriteOptions AsServer = new(WriteMode.Commit, FieldValidation.Ignore, "kube-apiserver");

    /// <exception cref="DevServerException">An initial object cannot be created.</exception>
    public static void Create(ServerParts parts, DevServerOptions options)
    {
        parts.Definitions.Refresh();
        foreach (string name in Namespaces)
        {
            Create(parts, new JsonObject { ["apiVersion"] = "v1", ["kind"] = "Namespace", ["metadata"] = new JsonObject { ["name"] = name } });
        }

        foreach (JsonObject item in options.InitialObjects.OrderBy(Rank))
        {
            Create(parts, (JsonObject)item.DeepClone());
        }
    }

    private static int Rank(JsonObject item) => ObjectMetadata.Text(item, "kind", "") switch
    {
        "CustomResourceDefinition" => 0,
        "Namespace" => 1,
        _ => 2,
    };

    private static void Create(ServerParts parts, JsonObject item)
    {
        string apiVersion = ObjectMetadata.Text(item, "apiVersion", "");
        string name = $"{ObjectMetadata.Text(item, "kind", "")} {ObjectMetadata.Name(item)}";
        KindDefinition kind = parts.Kinds.FindByKind(apiVersion, ObjectMetadata.Text(item, "kind", ""))
            ?? throw new DevServerException($"the initial object {name} ({apiVersion}) is of a kind that the server does not serve; add its CustomResourceDefinition");
        string ns = !kind.Namespaced ? "" : ObjectMetadata.Namespace(item) is { Length: > 0 } given ? given : "default";
        try
        {
            parts.Writer.Create(kind, ns, new Proposal(item), AsServer);
        }
        catch (ApiException e) when (e.Reason == "AlreadyExists")
        {
            // From an earlier run, by way of the persistence folder: its present state counts.
            return;
        }
        catch (ApiException e)
        {
            throw new DevServerException($"the initial object {name} was refused: {e.Message}", e);
        }

        if (kind.QualifiedName == KindRules.Definitions)
        {
            parts.Definitions.Refresh();
        }
    }
}
