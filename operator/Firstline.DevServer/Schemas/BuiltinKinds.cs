using System.Collections.Immutable;
using System.Text.Json.Nodes;

namespace Firstline.DevServer.Schemas;

/// <summary>The table of built-in kinds, from <c>builtin-kinds.json</c>, in discovery order.</summary>
internal static class BuiltinKinds
{
    private static readonly Lazy<ImmutableArray<BuiltinKind>> Table = new(Read);
    private static readonly ScalePaths WorkloadScale = new(".spec.replicas", ".status.replicas", ".spec.selector");

    /// <summary>All of them, with those that are not stored.</summary>
    public static ImmutableArray<BuiltinKind> All => Table.Value;

    private static ImmutableArray<BuiltinKind> Read() =>
        [.. EmbeddedJson.Read("builtin-kinds.json").AsArray().SelectMany(g => g.Objects("kinds").Select(k => Kind(g!, k)))];

    private static BuiltinKind Kind(JsonNode group, JsonObject kind)
    {
        string name = kind.Text("kind")!;
        string type = $"{group.Text("package")}.{name}";
        KindDefinition definition = new()
        {
            Group = group.Text("group")!,
            Version = group.Text("version")!,
            Kind = name,
            Plural = kind.Text("plural")!,
            Singular = kind.Text("singular") ?? name.ToLowerInvariant(),
            Namespaced = !kind.Flag("cluster"),
            ShortNames = [.. kind.Strings("short")],
            Categories = Categories(kind),
            Schema = BuiltinTypes.Shared.Resolve(type),
            HasStatus = kind.Flag("status"),
            Scale = kind.Flag("scale") ? WorkloadScale : null,
            SelectableFields = [.. kind.Strings("selectors")],
            HasGeneration = kind.Flag("generation"),
        };
        return new BuiltinKind(definition, type, [.. kind.Objects("subresources").Select(Part)], kind.Flag("virtual"));
    }

    private static ImmutableArray<string> Categories(JsonObject kind) => kind.Flag("all") ? ["all"] : kind.Text("category") is { } other ? [other] : [];

    private static Subresource Part(JsonObject part) =>
        new(part.Text("name")!, part.Text("group") ?? "", part.Text("version") ?? "", part.Text("kind")!, [.. part.Strings("verbs")]);
}
