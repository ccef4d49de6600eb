using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Nodes;
using Firstline.Api.Meta;
using Firstline.DevServer.Http.Errors;
using Firstline.DevServer.Http.Requests;
using Firstline.DevServer.Http.Responses;
using Firstline.DevServer.Http.Writing;
using Firstline.DevServer.Patching;
using Firstline.DevServer.Patching.ServerSideApply;
using Firstline.DevServer.Schemas;
using Firstline.DevServer.Schemas.Contracts;
using Firstline.DevServer.Store;

namespace Firstline.DevServer.Http.Verbs;

/// <summary>Server-side apply: creates the object, or takes over the fields of the configuration.</summary>
internal sealed class ApplyVerb(ObjectStore store, ObjectWriter writer, Responder responder) : IVerb
{
    public async Task HandleAsync(ApiRequest request)
    {
        if (request.Query("fieldManager").Length == 0)
        {
            throw ApiErrors.InvalidOptions("PatchOptions", [ApiErrors.Required("fieldManager", "is required for apply patch")]);
        }

        WriteOptions options = WriteOptions.Read(request, "PatchOptions");
        ParsedBody body = await ReadAsync(request);
        JsonObject applied = (JsonObject)body.Node!;
        Check(request, applied, body.Duplicates, options);
        WriteResult result = Write(request, applied, options);
        Warnings.Add(request.Http, result.Warnings);
        await responder.SendObjectAsync(request, result.Outcome == WriteOutcome.Created ? 201 : 200, result.Object);
    }

    private WriteResult Write(ApiRequest request, JsonObject applied, WriteOptions options)
    {
        if (store.Find(request.Key) is not null)
        {
            return writer.Update(request.Kind, request.Key, request.Path.Subresource, current => Merge(request, current, applied, options), options);
        }

        if (request.Path.Subresource is not null)
        {
            throw ApiErrors.NotFound(request.Kind, request.Name);
        }

        BodyCheck.Name(applied, request.Name);
        if (ObjectMetadata.Text(applied, "uid") is { Length: > 0 } uid)
        {
            throw ApiErrors.Conflict(request.Kind, request.Name, $"uid mismatch: the provided object specified uid {uid}, and no existing object was found");
        }

        return writer.Create(request.Kind, request.Namespace, Merge(request, null, applied, options), options);
    }

    private Proposal Merge(ApiRequest request, StoredObject? current, JsonObject applied, WriteOptions options)
    {
        SchemaNode schema = ObjectSchema.Of(request.Kind);
        JsonObject configuration = OnlyWritable(request, applied);
        OwnershipClaim claim = writer.Claim(request.Kind, options, ManagedOperation.Apply, request.Path.Subresource);
        Force force = request.Flag("force") ? Force.Yes : Force.No;
        switch (Ownership.Apply(current?.Json, configuration, claim, force, schema))
        {
            case ApplyResult.Merged merged:
                ObjectMetadata.Of(merged.Object).Remove("managedFields");
                return new Proposal(merged.Object) { Owners = merged.Entries };
            case ApplyResult.Conflicting conflicting:
                throw Conflict(conflicting.Conflicts);
            default:
                throw new System.Diagnostics.UnreachableException();
        }
    }

    /// <summary>The main resource does not write the status, and the status not the rest.</summary>
    private static JsonObject OnlyWritable(ApiRequest request, JsonObject applied)
    {
        JsonObject configuration = (JsonObject)applied.DeepClone();
        if (request.Path.Subresource is null)
        {
            if (request.Kind.HasStatus)
            {
                configuration.Remove("status");
            }

            return configuration;
        }

        foreach (string name in configuration.Select(field => field.Key).Where(name => name is not ("apiVersion" or "kind" or "metadata" or "status")).ToList())
        {
            configuration.Remove(name);
        }

        if (request.Kind.IsCustom)
        {
            configuration["metadata"] = NameAndVersion(request.Name, ObjectMetadata.Text(applied, "resourceVersion"));
        }

        return configuration;
    }

    // Of the metadata that a status of a custom kind is applied with, only the version counts: as the version that the writer has seen.
    private static JsonObject NameAndVersion(string name, string? version)
    {
        JsonObject metadata = new() { ["name"] = name };
        if (version is { Length: > 0 })
        {
            metadata["resourceVersion"] = version;
        }

        return metadata;
    }

    private static void Check(ApiRequest request, JsonObject applied, ImmutableArray<string> duplicates, WriteOptions options)
    {
        if (ObjectMetadata.Text(applied, "kind", "") != request.Kind.Kind || ObjectMetadata.Text(applied, "apiVersion", "") != request.Kind.ApiVersion)
        {
            string sent = ObjectMetadata.Text(applied, "apiVersion", "");
            string version = sent.Contains('/', StringComparison.Ordinal) ? sent : $"/{sent}";
            throw ApiErrors.BadRequest($"invalid object type: {version}, Kind={ObjectMetadata.Text(applied, "kind", "")}");
        }

        if (applied["metadata"]?["managedFields"] is JsonArray { Count: > 0 })
        {
            throw ApiErrors.BadRequest("metadata.managedFields must be nil");
        }

        if (options.FieldValidation == FieldValidation.Strict && !duplicates.IsEmpty)
        {
            throw ApiErrors.BadRequest($"error decoding YAML: {string.Join(", ", duplicates.Select(path => $"duplicate field \"{path}\""))}");
        }

        if (ObjectMetadata.Name(applied).Length > 0)
        {
            BodyCheck.Name(applied, request.Name);
        }

        BodyCheck.Namespace(applied, request.Namespace);
        applied["kind"] = request.Kind.Kind;
        applied["apiVersion"] = request.Kind.ApiVersion;
        ThrowIfUntyped(request, applied);
    }

    private static void ThrowIfUntyped(ApiRequest request, JsonObject applied)
    {
        string[] errors = [.. AppliedObjectCheck.Errors(applied, ObjectSchema.Of(request.Kind))];
        if (errors.Length > 0)
        {
            string all = errors.Length == 1 ? errors[0] : $"errors:\n{string.Join('\n', errors.Order(StringComparer.Ordinal).Select(error => $"  {error}"))}";
            string type = $"{(request.Kind.Group.Length == 0 ? "/" : "")}{request.Kind.ApiVersion}, Kind={request.Kind.Kind}";
            string name = $"{ObjectMetadata.Namespace(applied)}/{ObjectMetadata.Name(applied)}";
            throw new ApiException(500, "", $"failed to create typed patch object ({name}; {type}): {all}");
        }
    }

    private static ApiException Conflict(ImmutableArray<OwnershipConflict> conflicts)
    {
        ImmutableArray<StatusCause> causes =
            [.. conflicts.OrderBy(conflict => conflict.Path, StringComparer.Ordinal).Select(conflict => new StatusCause { Reason = "FieldManagerConflict", Message = $"conflict with {Owner(conflict.Owner)}", Field = conflict.Path })];
        IEnumerable<string> groups = conflicts.GroupBy(conflict => Owner(conflict.Owner)).Select(group => conflicts.Length == 1
            ? $"conflict with {group.Key}: {group.First().Path}"
            : $"conflicts with {group.Key}:\n{string.Join('\n', group.Select(conflict => $"- {conflict.Path}"))}");
        return ApiErrors.ApplyConflict($"Apply failed with {conflicts.Length} conflict{(conflicts.Length == 1 ? "" : "s")}: {string.Join('\n', groups)}", causes);
    }

    private static string Owner(ManagedEntry entry)
    {
        string subresource = entry.Manager.Subresource.Length == 0 ? "" : $" with subresource \"{entry.Manager.Subresource}\"";
        string version = entry.Manager.Operation == ManagedOperation.Apply ? "" : $" using {entry.ApiVersion}";
        return $"\"{entry.Manager.Name}\"{subresource}{version}";
    }

    private static async Task<ParsedBody> ReadAsync(ApiRequest request)
    {
        byte[] body = await BodyReader.ReadAsync(request.Http, request.Aborted);
        try
        {
            ParsedBody parsed = body is [(byte)'{', ..] ? BodyReader.ParseJson(YamlEscapes.Checked(body)) : BodyReader.ParseYaml(body);
            return parsed.Node switch
            {
                JsonObject => parsed,
                null => new ParsedBody(new JsonObject(), []),
                _ => throw new FormatException($"error unmarshaling JSON: while decoding JSON: json: cannot unmarshal {JsonTypes.GoName(parsed.Node)} into Go value of type map[string]interface {{}}"),
            };
        }
        catch (Exception e) when (e is JsonException or FormatException)
        {
            throw ApiErrors.BadRequest($"error decoding YAML: {e.Message}");
        }
    }
}
