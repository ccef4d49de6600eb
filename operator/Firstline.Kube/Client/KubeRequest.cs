using System.Collections.Immutable;
using System.Text;
using Firstline.Api.Meta;

namespace Firstline.Kube.Client;

/// <summary>One request to the API server; the verbs of <see cref="KubeReads"/> and <see cref="KubeWrites"/> build it.</summary>
public sealed record KubeRequest
{
    public required KubeVerb Verb { get; init; }

    /// <summary>Kind that it is about; null for a <see cref="RawPath"/>.</summary>
    public ResourceType? Type { get; init; }

    /// <summary>Namespace and name; both may be empty (all namespaces, a collection).</summary>
    public NamespacedName Key { get; init; } = new("", "");

    /// <summary>Subresource such as <c>status</c>; empty for the object itself.</summary>
    public string Subresource { get; init; } = "";

    /// <summary>Path that is not built from a kind, such as <c>/version</c>.</summary>
    public string? RawPath { get; init; }

    /// <summary>Query parameters, not yet escaped.</summary>
    public ImmutableArray<KeyValuePair<string, string>> Query { get; init; } = [];

    public ReadOnlyMemory<byte> Body { get; init; }

    /// <summary>Media type of <see cref="Body"/>.</summary>
    public string ContentType { get; init; } = "application/json";

    /// <summary>True to be sent the metadata of objects alone.</summary>
    public bool MetadataOnly { get; init; }

    /// <summary>True when doing it twice is as good as once: it is then sent again after a broken connection.</summary>
    public bool IsRepeatable { get; init; }

    /// <summary>Longest time for one try, after which it is not tried again; null takes the client's, and is.</summary>
    public TimeSpan? Timeout { get; init; }

    /// <summary>
    /// Time from handing the request over in which it may be sent: no try begins after it, and one under way is given up at it. Null for no
    /// limit. For writes that only the holder of a lease may make.
    /// </summary>
    public TimeSpan? OnceWithin { get; init; }

    internal bool IsWrite => Verb is not (KubeVerb.Get or KubeVerb.List or KubeVerb.Watch);

    /// <summary>As messages name the object: <c>deployments.apps shop/web</c>.</summary>
    internal string Target
    {
        get
        {
            if (Type is null)
            {
                return RawPath ?? "/";
            }

            string kind = Subresource.Length == 0 ? Type.QualifiedName : $"{Type.QualifiedName}/{Subresource}";
            return (Key.Namespace.Length, Key.Name.Length) switch
            {
                (0, 0) => kind,
                (_, 0) => $"{kind} in {Key.Namespace}",
                _ => $"{kind} {Key}",
            };
        }
    }

    internal HttpMethod Method => Verb switch
    {
        KubeVerb.Create => HttpMethod.Post,
        KubeVerb.Update => HttpMethod.Put,
        KubeVerb.Patch or KubeVerb.Apply => HttpMethod.Patch,
        KubeVerb.Delete => HttpMethod.Delete,
        _ => HttpMethod.Get,
    };

    internal string PathAndQuery()
    {
        StringBuilder path = new(RawPath ?? "");
        if (Type is not null)
        {
            AppendPath(path, Type);
        }

        char separator = RawPath?.Contains('?', StringComparison.Ordinal) == true ? '&' : '?';
        foreach ((string name, string value) in Query)
        {
            path.Append(separator).Append(name).Append('=').Append(Uri.EscapeDataString(value));
            separator = '&';
        }

        return path.ToString();
    }

    private void AppendPath(StringBuilder path, ResourceType type)
    {
        path.Append(type.Group.Length == 0 ? "/api/" : $"/apis/{type.Group}/").Append(type.Version);
        if (Key.Namespace.Length > 0 && type.Scope == ResourceScope.Namespaced)
        {
            path.Append("/namespaces/").Append(Uri.EscapeDataString(Key.Namespace));
        }

        path.Append('/').Append(type.Plural);
        if (Key.Name.Length > 0)
        {
            path.Append('/').Append(Uri.EscapeDataString(Key.Name));
        }

        if (Subresource.Length > 0)
        {
            path.Append('/').Append(Subresource);
        }
    }
}
