using System.Text.Json.Nodes;

namespace Firstline.DevServer.Schemas.Contracts;

/// <summary>Shows objects as a <c>meta.k8s.io/v1</c> Table.</summary>
internal interface ITableRenderer
{
    /// <param name="kind">Kind of all <paramref name="items"/>.</param>
    /// <param name="items">Stored objects, not to be changed.</param>
    /// <param name="listMetadata">Becomes the Table's <c>metadata</c>; has no parent.</param>
    /// <param name="includeObject"><c>None</c>, <c>Metadata</c> (the default) or <c>Object</c>: what each row carries.</param>
    /// <param name="now">For ages.</param>
    JsonObject Render(KindDefinition kind, IReadOnlyList<JsonObject> items, JsonObject listMetadata, string includeObject, DateTimeOffset now);
}
