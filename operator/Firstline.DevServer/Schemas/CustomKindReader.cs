using System.Collections.Immutable;
using System.Text.Json.Nodes;

namespace Firstline.DevServer.Schemas;

/// <summary>Makes kinds of a CustomResourceDefinition (<c>apiextensions.k8s.io/v1</c>): one for each served version.</summary>
internal static class CustomKindReader
{
    private static readonly ImmutableArray<ColumnDefinition> AgeColumn =
        [new("Age", "date", ".metadata.creationTimestamp", 0, "When the object was made, shown as an age.", "")];

    public static IEnumerable<CustomKind> Read(JsonObject crd) =>
        from version in crd.Objects("spec", "versions")
        where version.Flag("served")
        select Read(crd, version);

    private static string? Deprecation(JsonObject crd, JsonObject version) => !version.Flag("deprecated")
        ? null
        : version.Text("deprecationWarning") ?? $"{crd.Text("spec", "group")}/{version.Text("name")} {crd.Text("spec", "names", "kind")} is deprecated";

    private static CustomKind Read(JsonObject crd, JsonObject version)
    {
        JsonObject names = crd.Fields("spec", "names") ?? [];
        JsonObject schema = version.Fields("schema", "openAPIV3Schema") ?? [];
        string kind = names.Text("kind") ?? "";
        KindDefinition definition = new()
        {
            Group = crd.Text("spec", "group") ?? "",
            Version = version.Text("name") ?? "",
            Kind = kind,
            Plural = names.Text("plural") ?? "",
            Singular = names.Text("singular") is { Length: > 0 } singular ? singular : kind.ToLowerInvariant(),
            Namespaced = crd.Text("spec", "scope") == "Namespaced",
            ShortNames = [.. names.Strings("shortNames")],
            Categories = [.. names.Strings("categories")],
            Schema = StructuralSchemaReader.ReadRoot(schema),
            Deprecation = Deprecation(crd, version),
            HasStatus = version.Fields("subresources", "status") is not null,
            Scale = Scale(version.Fields("subresources", "scale")),
            Columns = Columns(version),
            SelectableFields = [.. version.Objects("selectableFields").Select(f => f.Text("jsonPath")).OfType<string>()],
            IsCustom = true,
            HasGeneration = true,
        };
        return new CustomKind(definition, schema);
    }

    private static ScalePaths? Scale(JsonObject? scale) => scale is null
        ? null
        : new ScalePaths(scale.Text("specReplicasPath") ?? "", scale.Text("statusReplicasPath") ?? "", scale.Text("labelSelectorPath"));

    private static ImmutableArray<ColumnDefinition> Columns(JsonObject version)
    {
        ImmutableArray<ColumnDefinition> columns = [.. version.Objects("additionalPrinterColumns").Select(Column)];
        return columns.IsEmpty ? AgeColumn : columns;
    }

    private static ColumnDefinition Column(JsonObject column)
    {
        string path = column.Text("jsonPath") ?? "";
        string description = column.Text("description") is { Length: > 0 } text ? text : $"Custom resource definition column (in JSONPath format): {path}";
        return new ColumnDefinition(
            column.Text("name") ?? "", column.Text("type") ?? "string", path, (int)(column.Integer("priority") ?? 0), description, column.Text("format") ?? "");
    }
}
