using System.Text.Json.Nodes;

namespace Firstline.DevServer.Http.Subresources;

/// <summary>Answers that carry no object.</summary>
internal static class StatusDocuments
{
    public static JsonObject Success() => new()
    {
        ["kind"] = "Status",
        ["apiVersion"] = "v1",
        ["metadata"] = new JsonObject(),
        ["status"] = "Success",
        ["code"] = 201,
    };
}
