using System.Collections.Immutable;
using System.Text.Json.Nodes;
using Firstline.DevServer.Schemas;

namespace Firstline.DevServer.Discovery;

/// <summary>One resource as discovery and OpenAPI describe it.</summary>
/// <param name="Kind">Names and traits.</param>
/// <param name="BuiltinType">Short name of a built-in kind's type; null for a custom one.</param>
/// <param name="CustomSchema">A custom kind's <c>openAPIV3Schema</c>; null for a built-in one.</param>
/// <param name="Verbs">What can be done with it.</param>
/// <param name="Subresources">All of them, with <c>status</c> and <c>scale</c>, by name.</param>
internal sealed record ServedResource(
    KindDefinition Kind, string? BuiltinType, JsonObject? CustomSchema, ImmutableArray<string> Verbs, ImmutableArray<Subresource> Subresources)
{
    private static readonly ImmutableArray<string> AllVerbs = ["create", "delete", "deletecollection", "get", "list", "patch", "update", "watch"];
    private static readonly ImmutableArray<string> CreateOnly = ["create"];
    private static readonly ImmutableArray<string> PartVerbs = ["get", "patch", "update"];

    /// <summary>All served resources, in the order of the kinds.</summary>
    public static ImmutableArray<ServedResource> All(KindSnapshot kinds) => [.. BuiltinKinds.All.Select(Builtin), .. kinds.Custom.Select(Custom)];

    private static ServedResource Builtin(BuiltinKind kind) =>
        new(kind.Definition, kind.TypeName, null, kind.IsVirtual ? CreateOnly : AllVerbs, Parts(kind.Definition, kind.Subresources));

    private static ServedResource Custom(CustomKind kind) => new(kind.Definition, null, kind.Schema, AllVerbs, Parts(kind.Definition, []));

    private static ImmutableArray<Subresource> Parts(KindDefinition kind, ImmutableArray<Subresource> others)
    {
        IEnumerable<Subresource> status = kind.HasStatus ? [new Subresource("status", "", "", kind.Kind, PartVerbs)] : [];
        IEnumerable<Subresource> scale = kind.Scale is null ? [] : [new Subresource("scale", "autoscaling", "v1", "Scale", PartVerbs)];
        return [.. others.Concat(status).Concat(scale).OrderBy(s => s.Name, StringComparer.Ordinal)];
    }
}
