using System.Buffers.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Firstline.DevServer.Http.Errors;
using Firstline.DevServer.Store;

namespace Firstline.DevServer.Http.Reading;

/// <summary>Where the next page of a list starts, and of which version it is a page.</summary>
/// <param name="Version">-1 for "whatever is newest", the token of an expired list.</param>
/// <param name="Namespace">Namespace of the last object that was shown.</param>
/// <param name="Name">Name of the last object that was shown.</param>
internal sealed record ContinueToken(long Version, string Namespace, string Name)
{
    public override string ToString() => Base64Url.EncodeToString(ObjectBody.ToUtf8(new JsonObject
    {
        ["v"] = "meta.k8s.io/v1",
        ["rv"] = Version,
        ["start"] = $"{Namespace}/{Name}\0",
    }));

    /// <exception cref="ApiException">400: not a token of this server.</exception>
    public static ContinueToken Parse(string text)
    {
        try
        {
            JsonNode? json = JsonNode.Parse(Base64Url.DecodeFromChars(text));
            long version = json?["rv"]?.GetValue<long>() ?? 0;
            return version == 0
                ? throw Invalid("incorrect encoded start resourceVersion (version meta.k8s.io/v1)")
                : json?["start"]?.GetValue<string>().TrimEnd('\0').Split('/') is [string ns, string name]
                    ? new ContinueToken(version, ns, name)
                    : throw Invalid("it names no place to start from");
        }
        catch (Exception e) when (e is FormatException or JsonException or InvalidOperationException)
        {
            throw Invalid(e.Message);
        }
    }

    /// <summary>True for objects that come after the place that the token names.</summary>
    public bool Precedes(StoredObject item)
    {
        int byNamespace = string.CompareOrdinal(item.Key.Namespace, Namespace);
        return byNamespace > 0 || (byNamespace == 0 && string.CompareOrdinal(item.Key.Name, Name) > 0);
    }

    private static ApiException Invalid(string why) => ApiErrors.BadRequest($"invalid continue token: continue key is not valid: {why}");
}
