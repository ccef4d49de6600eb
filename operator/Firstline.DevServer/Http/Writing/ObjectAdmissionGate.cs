using System.Collections.Immutable;
using System.Text.Json.Nodes;
using Firstline.DevServer.Http.Errors;
using Firstline.DevServer.Schemas;
using Firstline.DevServer.Schemas.Contracts;
using Firstline.DevServer.Store;

namespace Firstline.DevServer.Http.Writing;

/// <summary>Turns what admission finds into answers: errors end the request, the rest becomes warnings.</summary>
internal sealed class ObjectAdmissionGate(IObjectAdmission admission)
{
    /// <param name="kind">The object's kind.</param>
    /// <param name="before">Null on create.</param>
    /// <param name="after">The object to be stored.</param>
    /// <param name="duplicates">Paths of fields that the body had twice.</param>
    /// <param name="options">Of the write.</param>
    /// <param name="subresource">Null for the main resource.</param>
    /// <returns>The object to store, and warnings.</returns>
    /// <exception cref="ApiException">400 or 422.</exception>
    public (JsonObject Object, ImmutableArray<string> Warnings) Pass(
        KindDefinition kind, JsonObject? before, JsonObject after, ImmutableArray<string> duplicates, WriteOptions options, string? subresource)
    {
        JsonObject sent = options is { Source: WriteSource.Patch, FieldValidation: FieldValidation.Strict } ? (JsonObject)after.DeepClone() : after;
        AdmissionResult result = admission.Admit(kind, before, after, options.FieldValidation, subresource);
        if (result.DecodeError is { } problem)
        {
            throw CannotBeHandled(kind, after, problem, options);
        }

        ImmutableArray<string> complaints = options.FieldValidation == FieldValidation.Ignore
            ? []
            : [.. duplicates.Select(path => $"duplicate field \"{path}\""), .. result.UnknownFields.Select(path => $"unknown field \"{path}\"")];
        if (options.FieldValidation == FieldValidation.Strict && !complaints.IsEmpty)
        {
            throw CannotBeHandled(kind, sent, $"strict decoding error: {string.Join(", ", complaints)}", options);
        }

        if (!result.Causes.IsEmpty)
        {
            throw ApiErrors.Invalid(kind, ObjectMetadata.Name(after), result.Causes);
        }

        return (result.Object, [.. complaints, .. result.Warnings]);
    }

    private static ApiException CannotBeHandled(KindDefinition kind, JsonObject after, string why, WriteOptions options)
    {
        if (options.Source == WriteSource.Object)
        {
            return ApiErrors.BadRequest($"{kind.Kind} in version \"{kind.Version}\" cannot be handled as a {kind.Kind}: {why}");
        }

        return ApiErrors.InvalidPatch(kind, after, why);
    }
}
