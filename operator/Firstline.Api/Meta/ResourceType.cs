namespace Firstline.Api.Meta;

/// <summary>Names one kind of resource and where it is served: the facts that a request path is built from.</summary>
/// <param name="Group">API group; empty for the core group.</param>
/// <param name="Version">API version, such as <c>v1</c>.</param>
/// <param name="Kind">Kind, such as <c>Deployment</c>.</param>
/// <param name="Plural">Plural lower-case name in paths, such as <c>deployments</c>.</param>
/// <param name="Scope">Whether objects live in a namespace.</param>
public sealed record ResourceType(string Group, string Version, string Kind, string Plural, ResourceScope Scope)
{
    /// <summary>Group and version as objects carry them: <c>v1</c>, <c>apps/v1</c>.</summary>
    public string ApiVersion => Group.Length == 0 ? Version : $"{Group}/{Version}";

    /// <summary>Plural and group as people write them: <c>pods</c>, <c>deployments.apps</c>.</summary>
    public string QualifiedName => Group.Length == 0 ? Plural : $"{Plural}.{Group}";

    /// <inheritdoc/>
    public override string ToString() => QualifiedName;
}
