namespace Firstline.DevServer.Http.Requests;

/// <summary>What a request path names, before anybody asks whether it exists.</summary>
/// <param name="Group">Empty for the core group.</param>
/// <param name="Version">Such as <c>v1</c>.</param>
/// <param name="Namespace">Null where the path names none.</param>
/// <param name="Plural">Resource.</param>
/// <param name="Name">Null for a collection.</param>
/// <param name="Subresource">Null for the main resource; may contain slashes.</param>
internal sealed record ApiPath(string Group, string Version, string? Namespace, string Plural, string? Name, string? Subresource)
{
    private static readonly string[] NamespaceSubresources = ["status", "finalize"];

    /// <summary>Null where the path is not one of a resource (discovery, health, OpenAPI).</summary>
    public static ApiPath? Parse(string path)
    {
        string[] parts = path.Split('/', StringSplitOptions.RemoveEmptyEntries);
        return parts switch
        {
            ["api", string version, .. string[] rest] when rest.Length > 0 => Resource("", version, rest),
            ["apis", string group, string version, .. string[] rest] when rest.Length > 0 => Resource(group, version, rest),
            _ => null,
        };
    }

    private static ApiPath Resource(string group, string version, string[] rest) => rest switch
    {
        ["namespaces", string ns, string plural, .. string[] more] when group.Length > 0 || !NamespaceSubresources.Contains(plural) =>
            new ApiPath(group, version, ns, plural, more.Length > 0 ? more[0] : null, Tail(more)),
        [string plural, .. string[] more] => new ApiPath(group, version, null, plural, more.Length > 0 ? more[0] : null, Tail(more)),
        _ => throw new System.Diagnostics.UnreachableException(),
    };

    private static string? Tail(string[] more) => more.Length > 1 ? string.Join('/', more[1..]) : null;
}
