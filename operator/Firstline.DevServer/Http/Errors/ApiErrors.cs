using System.Collections.Immutable;
using System.Text.Json.Nodes;
using Firstline.Api.Meta;
using Firstline.DevServer.Schemas;

namespace Firstline.DevServer.Http.Errors;

/// <summary>The API server's errors, in its own words.</summary>
internal static class ApiErrors
{
    public static ApiException NotFound(KindDefinition kind, string name) =>
        new(404, "NotFound", $"{kind.QualifiedName} \"{name}\" not found", Details(kind.Group, kind.Plural, name));

    public static ApiException NamespaceNotFound(string name) => new(404, "NotFound", $"namespaces \"{name}\" not found", Details("", "namespaces", name));

    public static ApiException UnknownResource() => new(404, "NotFound", "the server could not find the requested resource", []);

    public static ApiException MethodNotAllowed() => new(405, "MethodNotAllowed", "the server does not allow this method on the requested resource", []);

    public static ApiException NotSupported(KindDefinition kind, string verb) => new(
        405, "MethodNotAllowed", $"{verb} is not supported on resources of kind \"{kind.QualifiedName}\"", Details(kind.Group, kind.Plural, ""));

    public static ApiException BadRequest(string message) => new(400, "BadRequest", message);

    public static ApiException AlreadyExists(KindDefinition kind, string name) =>
        new(409, "AlreadyExists", $"{kind.QualifiedName} \"{name}\" already exists", Details(kind.Group, kind.Plural, name));

    public static ApiException Modified(KindDefinition kind, string name) =>
        Conflict(kind, name, "the object has been modified; please apply your changes to the latest version and try again");

    public static ApiException Conflict(KindDefinition kind, string name, string why) =>
        new(409, "Conflict", $"Operation cannot be fulfilled on {kind.QualifiedName} \"{name}\": {why}", Details(kind.Group, kind.Plural, name));

    public static ApiException Forbidden(KindDefinition kind, string name, string why) =>
        new(403, "Forbidden", $"{kind.QualifiedName} \"{name}\" is forbidden: {why}", Details(kind.Group, kind.Plural, name));

    public static ApiException Unauthorized() => new(401, "Unauthorized", "Unauthorized");

    public static ApiException Invalid(KindDefinition kind, string name, ImmutableArray<StatusCause> causes) =>
        Invalid(kind.Group, kind.Kind, name, causes);

    public static ApiException Invalid(string group, string kind, string name, ImmutableArray<StatusCause> causes)
    {
        string[] sentences = [.. causes.Select(cause => $"{cause.Field}: {cause.Message}")];
        string all = sentences.Length == 1 ? sentences[0] : $"[{string.Join(", ", sentences)}]";
        JsonObject details = Details(group, kind, name);
        details["causes"] = Causes(causes);
        string type = group.Length == 0 ? kind : $"{kind}.{group}";
        return new ApiException(422, "Invalid", $"{type} \"{name}\" is invalid: {all}", details);
    }

    public static ApiException InvalidOptions(string type, ImmutableArray<StatusCause> causes) => Invalid("meta.k8s.io", type, "", causes);

    public static ApiException ApplyConflict(string message, ImmutableArray<StatusCause> causes) =>
        new(409, "Conflict", message, new JsonObject { ["causes"] = Causes(causes) });

    public static ApiException PatchDoesNotApply() => new(422, "Invalid", "the server rejected our request due to an error in our request", []);

    public static ApiException UnsupportedPatch() => new(415, "UnsupportedMediaType", "415: Unsupported Media Type", []);

    public static ApiException UnsupportedStrategicPatch() => new(
        415, "UnsupportedMediaType",
        "the body of the request was in an unknown format - accepted media types include: application/json-patch+json, application/merge-patch+json, application/apply-patch+yaml");

    /// <summary>422: what a patch makes of the object is no object of its kind.</summary>
    public static ApiException InvalidPatch(KindDefinition kind, JsonObject patched, string why) =>
        Invalid("", "", "", [InvalidValue("patch", GoObject.Quoted(kind, patched), why)]);

    public static ApiException UnsupportedBody() => new(
        415, "UnsupportedMediaType", "the body of the request was in an unknown format - accepted media types include: application/json, application/yaml, application/vnd.kubernetes.protobuf");

    public static ApiException NotAcceptable() => new(
        406, "NotAcceptable", "406: Not Acceptable\n\nAvailable representations: application/json, application/yaml, application/vnd.kubernetes.protobuf", []);

    public static ApiException TooLarge(long limit) => new(413, "RequestEntityTooLarge", $"Request entity too large: limit is {limit}");

    public static ApiException Expired(string message, string? next = null) => new(410, "Expired", message) { Continue = next };

    public static ApiException FutureVersion(long asked, long current) => new(504, "Timeout", $"Timeout: Too large resource version: {asked}, current: {current}", new JsonObject
    {
        ["causes"] = Causes([new StatusCause { Reason = "ResourceVersionTooLarge", Message = "Too large resource version" }]),
        ["retryAfterSeconds"] = 1,
    });

    public static ApiException Internal(string message) => new(500, "InternalError", $"Internal error occurred: {message}", new JsonObject
    {
        ["causes"] = Causes([new StatusCause { Message = message }]),
    });

    public static StatusCause Unsupported(string field, string value, params string[] supported) => new()
    {
        Reason = "FieldValueNotSupported",
        Field = field,
        Message = $"Unsupported value: {value}: supported values: {string.Join(", ", supported.Select(word => $"\"{word}\""))}",
    };

    public static StatusCause Required(string field, string why) =>
        new() { Reason = "FieldValueRequired", Field = field, Message = $"Required value: {why}" };

    public static StatusCause InvalidValue(string field, string value, string why) =>
        new() { Reason = "FieldValueInvalid", Field = field, Message = $"Invalid value: {value}: {why}" };

    public static StatusCause ForbiddenValue(string field, string why) =>
        new() { Reason = "FieldValueForbidden", Field = field, Message = $"Forbidden: {why}" };

    public static JsonArray Causes(ImmutableArray<StatusCause> causes) => [.. causes.Select(Cause)];

    private static JsonObject Cause(StatusCause cause)
    {
        JsonObject json = [];
        AddText(json, "reason", cause.Reason);
        AddText(json, "message", cause.Message);
        AddText(json, "field", cause.Field);
        return json;
    }

    private static JsonObject Details(string group, string kind, string name)
    {
        JsonObject details = [];
        AddText(details, "name", name);
        AddText(details, "group", group);
        AddText(details, "kind", kind);
        return details;
    }

    private static void AddText(JsonObject json, string field, string? value)
    {
        if (!string.IsNullOrEmpty(value))
        {
            json[field] = value;
        }
    }
}
