using System.Text.Json;
using System.Text.Json.Nodes;
using Firstline.Api.Meta;
using Firstline.DevServer.Simulation.Client;

namespace Firstline.DevServer.Simulation.Controllers;

/// <summary>Builds objects that belong to another.</summary>
internal static class Owner
{
    /// <summary>The one owner reference of an object that <paramref name="owner"/> controls.</summary>
    public static JsonArray Reference(ResourceType type, KubeObject owner) => new(new JsonObject
    {
        ["apiVersion"] = type.ApiVersion,
        ["kind"] = type.Kind,
        ["name"] = owner.Name,
        ["uid"] = owner.Uid,
        ["controller"] = true,
        ["blockOwnerDeletion"] = true,
    });

    /// <summary>A pod from the owner's template; the name is added by the caller.</summary>
    public static JsonObject Pod(ResourceType type, KubeObject owner, JsonElement template)
    {
        JsonObject metadata = template.At("metadata") is { ValueKind: JsonValueKind.Object } given ? JsonObject.Create(given)! : [];
        metadata.Remove("creationTimestamp");
        metadata["ownerReferences"] = Reference(type, owner);
        return new JsonObject { ["metadata"] = metadata, ["spec"] = JsonObject.Create(template.At("spec")) };
    }

    /// <summary>Sets a label of an object that is being built.</summary>
    public static void SetLabel(JsonObject built, string key, string value) => Map(built, "labels")[key] = value;

    /// <summary>Sets an annotation of an object that is being built.</summary>
    public static void SetAnnotation(JsonObject built, string key, string value) => Map(built, "annotations")[key] = value;

    private static JsonObject Map(JsonObject built, string name)
    {
        JsonObject metadata = (JsonObject)built["metadata"]!;
        if (metadata[name] is not JsonObject map)
        {
            metadata[name] = map = [];
        }

        return map;
    }
}
