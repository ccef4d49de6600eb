using System.Collections.Immutable;
using System.Reflection;
using System.Text.Json.Nodes;
using Firstline.Api.Schema;
using Firstline.Api.V1Alpha1;
using Firstline.Generate.Output;
using Firstline.Generate.Schemas;

namespace Firstline.Generate.Definitions;

/// <summary>Writes the CustomResourceDefinition (<c>apiextensions.k8s.io/v1</c>) of a root record.</summary>
internal static class CustomResourceDefinition
{
    /// <summary>One file per root.</summary>
    public static ImmutableArray<GeneratedFile> Files(SchemaBuilder schemas) => [.. CustomResources.All.Select(root => File(root, schemas))];

    /// <summary>The definition as a JSON value.</summary>
    public static JsonObject Of(Type root, SchemaBuilder schemas)
    {
        CustomResourceAttribute resource = root.GetCustomAttribute<CustomResourceAttribute>()!;
        return new()
        {
            ["apiVersion"] = "apiextensions.k8s.io/v1",
            ["kind"] = "CustomResourceDefinition",
            ["metadata"] = new JsonObject { ["name"] = $"{resource.Plural}.{GroupVersion.Group}" },
            ["spec"] = new JsonObject
            {
                ["group"] = GroupVersion.Group,
                ["scope"] = resource.Scope.ToString(),
                ["names"] = Names(root.Name, resource),
                ["versions"] = new JsonArray(Version(root, schemas)),
            },
        };
    }

    private static GeneratedFile File(Type root, SchemaBuilder schemas)
    {
        string plural = root.GetCustomAttribute<CustomResourceAttribute>()!.Plural;
        return new($"crds/{GroupVersion.Group}_{plural}.yaml", YamlText.Document(Of(root, schemas)));
    }

    private static JsonObject Names(string kind, CustomResourceAttribute resource) => new()
    {
        ["kind"] = kind,
        ["listKind"] = $"{kind}List",
        ["plural"] = resource.Plural,
        ["singular"] = kind.ToLowerInvariant(),
        ["shortNames"] = new JsonArray(resource.ShortName),
        ["categories"] = new JsonArray("firstline"),
    };

    private static JsonObject Version(Type root, SchemaBuilder schemas)
    {
        JsonObject version = new()
        {
            ["name"] = GroupVersion.Version,
            ["served"] = true,
            ["storage"] = true,
            ["schema"] = new JsonObject { ["openAPIV3Schema"] = schemas.Of(root) },
            ["additionalPrinterColumns"] = new JsonArray([.. root.GetCustomAttributes<PrinterColumnAttribute>().Select(Column)]),
        };
        if (root.GetProperty("Status") is not null)
        {
            version["subresources"] = new JsonObject { ["status"] = new JsonObject() };
        }

        JsonNode[] selectable = [.. root.GetCustomAttributes<SelectableFieldAttribute>().Select(field => new JsonObject { ["jsonPath"] = field.JsonPath })];
        if (selectable.Length > 0)
        {
            version["selectableFields"] = new JsonArray(selectable);
        }

        return version;
    }

    private static JsonObject Column(PrinterColumnAttribute column)
    {
        JsonObject result = new() { ["name"] = column.Name, ["jsonPath"] = column.JsonPath, ["type"] = column.Type };
        if (column.Description.Length > 0)
        {
            result["description"] = column.Description;
        }

        if (column.Priority > 0)
        {
            result["priority"] = column.Priority;
        }

        return result;
    }
}
