using System.Collections.Immutable;
using System.Text.Json.Nodes;
using Firstline.DevServer.Schemas;
using Firstline.DevServer.Schemas.Contracts;

namespace Firstline.DevServer.Admission;

/// <summary>Decodes, defaults and validates objects: by schema alone for custom resources, by schema and rules for built-in kinds.</summary>
internal sealed class ObjectAdmission : IObjectAdmission
{
    private static readonly SchemaNode Metadata = new()
    {
        Type = "object",
        Properties = ImmutableSortedDictionary<string, SchemaNode>.Empty.Add("metadata", BuiltinTypes.Shared.Resolve("meta.v1.ObjectMeta")),
    };

    public AdmissionResult Admit(KindDefinition kind, JsonObject? before, JsonObject after, FieldValidation fieldValidation, string? subresource)
    {
        if (DecodeError(kind, after) is { } problem)
        {
            return new AdmissionResult(after) { DecodeError = problem };
        }

        List<string> unknown = SchemaPruner.Prune(kind.Schema, after);
        FieldErrors errors = new();
        if (kind.IsCustom)
        {
            AdmitCustom(kind, before, after, subresource, errors);
        }
        else
        {
            AdmitBuiltin(kind, before, after, subresource, errors);
        }

        return new AdmissionResult(after)
        {
            UnknownFields = fieldValidation == FieldValidation.Ignore ? [] : [.. unknown],
            Causes = errors.ToCauses(),
        };
    }

    // The metadata of a custom resource is decoded by itself, a built-in object as a whole.
    private static string? DecodeError(KindDefinition kind, JsonObject after) => kind.IsCustom && after["metadata"] is JsonObject metadata
        ? GoDecoder.Decode(Metadata.Properties["metadata"], metadata)
        : GoDecoder.Decode(kind.IsCustom ? Metadata : kind.Schema, after);

    private static void AdmitBuiltin(KindDefinition kind, JsonObject? before, JsonObject after, string? subresource, FieldErrors errors)
    {
        GoNormalizer.Apply(kind.Schema, after);
        BuiltinDefaults.Apply(kind, after);
        if (before is null)
        {
            BuiltinPreparation.Apply(kind, after);
        }

        CheckMetadata(kind, before, after, errors);
        if (subresource is not null)
        {
            return;
        }

        BuiltinValidation.Check(kind, after, errors);
        if (before is not null)
        {
            BuiltinValidation.CheckUpdate(kind, before, after, errors);
        }
    }

    private static void AdmitCustom(KindDefinition kind, JsonObject? before, JsonObject after, string? subresource, FieldErrors errors)
    {
        GoNormalizer.Apply(Metadata, after);
        SchemaDefaulter.Apply(kind.Schema, after);
        CheckMetadata(kind, before, after, errors);
        if (subresource == "status")
        {
            CheckStatus(kind, after, errors);
        }
        else
        {
            CheckWhole(kind, after, errors);
        }

        ScaleRules.Check(kind, after, errors);
        ListRules.Check(kind.Schema, after, "", errors);
        CelRules.Check(kind.Schema, before, after, errors);
    }

    private static void CheckMetadata(KindDefinition kind, JsonObject? before, JsonObject after, FieldErrors errors)
    {
        MetadataValidation.Check(kind, after, errors);
        if (before is not null)
        {
            MetadataValidation.CheckUpdate(before, after, errors);
        }
    }

    // The metadata has rules of its own.
    private static void CheckWhole(KindDefinition kind, JsonObject after, FieldErrors errors) =>
        new SchemaValidator(errors).Validate(kind.Schema with { Properties = kind.Schema.Properties.Remove("metadata") }, after, "");

    private static void CheckStatus(KindDefinition kind, JsonObject after, FieldErrors errors)
    {
        const string path = "status";
        if (kind.Schema.Properties.GetValueOrDefault(path) is { } schema && after.ContainsKey(path))
        {
            new SchemaValidator(errors, path.Length + 1).Validate(schema, after[path], path);
        }
    }
}
