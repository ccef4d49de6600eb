using System.Text.Json.Nodes;
using Firstline.DevServer.Http.Errors;
using Firstline.DevServer.Http.Requests;
using Firstline.DevServer.Schemas;
using Firstline.DevServer.Store;

namespace Firstline.DevServer.Http.Writing;

/// <summary>Compares a body with the path that it was sent to, and fills in what the path says.</summary>
internal static class BodyCheck
{
    /// <exception cref="ApiException">400: the body is of another kind.</exception>
    public static void Type(KindDefinition kind, JsonObject body)
    {
        ThrowIfUntyped(kind, body);
        string sentKind = ObjectMetadata.Text(body, "kind", kind.Kind);
        string sentVersion = ObjectMetadata.Text(body, "apiVersion", kind.IsCustom ? "" : kind.ApiVersion);
        if (kind.IsCustom && sentVersion != kind.ApiVersion)
        {
            throw ApiErrors.BadRequest($"the API version in the data ({sentVersion}) does not match the expected API version ({kind.ApiVersion})");
        }

        if (sentKind != kind.Kind || sentVersion != kind.ApiVersion)
        {
            string version = sentVersion.Split('/')[^1];
            throw ApiErrors.BadRequest(sentVersion == kind.ApiVersion
                ? $"{sentKind} in version \"{version}\" cannot be handled as a {kind.Kind}: converting ({version}.{sentKind}) to ({kind.Version}.{kind.Kind}): unknown conversion"
                : $"{kind.Kind} in version \"{version}\" cannot be handled as a {kind.Kind}: no kind \"{sentKind}\" is registered for version \"{sentVersion}\"");
        }

        body["kind"] = kind.Kind;
        body["apiVersion"] = kind.ApiVersion;
    }

    // A built-in kind is known by the path; a custom resource must say what it is.
    private static void ThrowIfUntyped(KindDefinition kind, JsonObject body)
    {
        if (kind.IsCustom && ObjectMetadata.Text(body, "kind", "").Length == 0)
        {
            byte[] sent = ObjectBody.ToUtf8(body);
            throw BodyReader.Unrecognized(kind.Kind, $"Object 'Kind' is missing in '{System.Text.Encoding.UTF8.GetString(sent)}'", sent);
        }
    }

    /// <exception cref="ApiException">400: the body names another namespace.</exception>
    public static void Namespace(JsonObject body, string ns)
    {
        if (ObjectMetadata.Namespace(body) is { Length: > 0 } sent && sent != ns)
        {
            throw ApiErrors.BadRequest("the namespace of the provided object does not match the namespace sent on the request");
        }
    }

    /// <exception cref="ApiException">400: the body names another object, or none.</exception>
    public static void Name(JsonObject body, string name)
    {
        string sent = ObjectMetadata.Name(body);
        if (sent.Length == 0)
        {
            throw ApiErrors.BadRequest($"the name of the object ({name} based on URL) was undeterminable: name must be provided");
        }

        if (sent != name)
        {
            throw ApiErrors.BadRequest($"the name of the object ({sent}) does not match the name on the URL ({name})");
        }
    }
}
