using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;
using Firstline.Api.Meta;

namespace Firstline.Kube.Client;

/// <summary>The whole answer to a request that succeeded.</summary>
/// <param name="Body">UTF-8 JSON (text for logs).</param>
/// <param name="Warnings">The server's warnings, such as a deprecated version.</param>
public sealed record KubeResponse(ReadOnlyMemory<byte> Body, IReadOnlyList<string> Warnings)
{
    /// <summary>Identity and version of the object in the answer; empty when the answer is no object.</summary>
    public ResourceHeader Header { get; init; }

    /// <summary>Key of the object in the answer.</summary>
    public NamespacedName Key => new(Header.Namespace, Header.Name);

    /// <summary>Decodes the object.</summary>
    /// <exception cref="KubeException">The answer does not have the shape (<see cref="KubeErrorKind.MalformedAnswer"/>).</exception>
    public T Read<T>(JsonTypeInfo<T> json) => Decode(Body.Span, json);

    /// <summary>The object as a tree.</summary>
    /// <exception cref="KubeException">The answer is no JSON object (<see cref="KubeErrorKind.MalformedAnswer"/>).</exception>
    public JsonObject ReadTree()
    {
        try
        {
            return JsonNode.Parse(Body.Span) as JsonObject
                ?? throw new KubeException(KubeErrorKind.MalformedAnswer, "the API server answered no object where one was expected");
        }
        catch (JsonException e)
        {
            throw new KubeException(KubeErrorKind.MalformedAnswer, $"the API server's answer cannot be read: {e.Message}", null, e);
        }
    }

    /// <summary>The answer as text, for logs.</summary>
    public string Text => Encoding.UTF8.GetString(Body.Span);

    internal static T Decode<T>(ReadOnlySpan<byte> body, JsonTypeInfo<T> json)
    {
        try
        {
            return JsonSerializer.Deserialize(body, json)
                ?? throw new KubeException(KubeErrorKind.MalformedAnswer, $"the API server answered null where {typeof(T).Name} was expected");
        }
        catch (JsonException e)
        {
            throw new KubeException(
                KubeErrorKind.MalformedAnswer, $"the API server's answer cannot be read as {typeof(T).Name}: {e.Message}", null, e);
        }
    }
}
