using System.Text.Json.Nodes;
using Firstline.DevServer.Store;

namespace Firstline.DevServer.Tests.Store;

/// <summary>Small objects to store.</summary>
internal static class Objects
{
    public static ObjectKey Key(string name, string ns = "default") => new("configmaps", ns, name);

    public static JsonObject ConfigMap(string name, string value = "v", string ns = "default") => new()
    {
        ["kind"] = "ConfigMap",
        ["apiVersion"] = "v1",
        ["metadata"] = new JsonObject { ["name"] = name, ["namespace"] = ns, ["uid"] = $"uid-{name}" },
        ["data"] = new JsonObject { ["k"] = value },
    };

    public static StoredObject Create(this ObjectStore store, string name, string value = "v") =>
        store.TryCommit(Key(name), null, ConfigMap(name, value))!;

    public static string Value(StoredObject item) => item.Json["data"]!["k"]!.GetValue<string>();
}
