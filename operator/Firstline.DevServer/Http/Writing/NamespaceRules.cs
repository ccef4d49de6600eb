using System.Text.Json.Nodes;
using Firstline.DevServer.Http.Errors;
using Firstline.DevServer.Schemas;
using Firstline.DevServer.Store;

namespace Firstline.DevServer.Http.Writing;

/// <summary>Which namespaces take new objects.</summary>
internal static class NamespaceRules
{
    /// <summary>In <c>spec.finalizers</c> of every namespace, until it has been emptied.</summary>
    public const string Finalizer = "kubernetes";

    /// <exception cref="ApiException">404: no such namespace; 403: it is being terminated.</exception>
    public static void ThrowIfClosed(ObjectStore store, KindDefinition kind, string ns, string name)
    {
        if (!kind.Namespaced)
        {
            return;
        }

        StoredObject found = store.Find(new ObjectKey(KindRules.Namespaces, "", ns)) ?? throw ApiErrors.NamespaceNotFound(ns);
        if (found.IsTerminating)
        {
            ApiException error = ApiErrors.Forbidden(kind, name, $"unable to create new content in namespace {ns} because it is being terminated");
            error.Details!["causes"] = new JsonArray(new JsonObject
            {
                ["reason"] = "NamespaceTerminating",
                ["message"] = $"namespace {ns} is being terminated",
                ["field"] = "metadata.namespace",
            });
            throw error;
        }
    }
}
