using System.Text.Json.Nodes;

namespace Firstline.DevServer.Schemas.Contracts;

/// <summary>Documents about the API itself: discovery, version, OpenAPI.</summary>
internal interface IDiscoveryDocuments
{
    /// <param name="path">Without query and trailing slash: <c>/api</c>, <c>/apis/apps/v1</c>, <c>/openapi/v3/apis/apps/v1</c>, <c>/version</c>.</param>
    /// <param name="accept">The Accept header, by which <c>/api</c> and <c>/apis</c> choose between the plain and the aggregated form.</param>
    /// <returns>A document the caller only reads; null where the server answers 404.</returns>
    JsonObject? Find(string path, string accept);
}
