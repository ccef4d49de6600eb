using System.Collections.Frozen;
using System.Text.Json.Nodes;
using Firstline.DevServer.Http.Errors;
using Firstline.DevServer.Http.Requests;
using Firstline.DevServer.Http.Responses;
using Firstline.DevServer.Http.Security;
using Firstline.DevServer.Store;

namespace Firstline.DevServer.Http.Subresources;

/// <summary>Questions that are answered at once and never stored: who am I, may I, whose token is this.</summary>
internal sealed class ReviewEndpoint(TokenAuthenticator tokens, AccessControl access)
{
    private const string Authorization = "authorization.k8s.io";
    private const string Authentication = "authentication.k8s.io";

    private static readonly FrozenDictionary<string, string> Kinds = new Dictionary<string, string>
    {
        ["subjectaccessreviews"] = "SubjectAccessReview",
        ["selfsubjectaccessreviews"] = "SelfSubjectAccessReview",
        ["localsubjectaccessreviews"] = "LocalSubjectAccessReview",
        ["selfsubjectrulesreviews"] = "SelfSubjectRulesReview",
        ["tokenreviews"] = "TokenReview",
        ["selfsubjectreviews"] = "SelfSubjectReview",
    }.ToFrozenDictionary();

    public static bool Serves(ApiPath path) =>
        path is { Group: Authorization or Authentication, Version: "v1", Name: null } && Kinds.ContainsKey(path.Plural);

    public async Task HandleAsync(HttpContext http, ApiPath path, DevUser user)
    {
        if (http.Request.Method != "POST")
        {
            throw ApiErrors.MethodNotAllowed();
        }

        ParsedBody body = await BodyReader.ReadObjectAsync(http, path.Plural, http.RequestAborted);
        JsonObject answer = (JsonObject)body.Node!;
        JsonObject spec = answer["spec"] as JsonObject ?? [];
        answer["kind"] ??= Kinds[path.Plural];
        answer["apiVersion"] ??= $"{path.Group}/{path.Version}";
        answer["metadata"] ??= new JsonObject();
        answer["status"] = path.Plural switch
        {
            "selfsubjectaccessreviews" => Decide(user, spec),
            "subjectaccessreviews" or "localsubjectaccessreviews" => Decide(Subject(spec), spec),
            "selfsubjectrulesreviews" => AllRules(),
            "tokenreviews" => Review(ObjectMetadata.Text(spec, "token", "")),
            _ => new JsonObject { ["userInfo"] = UserInfo(user) },
        };
        await Responder.SendAsync(http, 201, answer);
    }

    private JsonObject Decide(DevUser user, JsonObject spec)
    {
        if (spec["resourceAttributes"] is not JsonObject resource)
        {
            return spec["nonResourceAttributes"] is JsonObject
                ? new JsonObject { ["allowed"] = true }
                : throw ApiErrors.BadRequest("exactly one of spec.resourceAttributes and spec.nonResourceAttributes must be specified");
        }

        string plural = ObjectMetadata.Text(resource, "resource", "");
        string subresource = ObjectMetadata.Text(resource, "subresource", "");
        AccessQuestion question = new(
            user,
            ObjectMetadata.Text(resource, "verb", ""),
            ObjectMetadata.Text(resource, "group", ""),
            subresource.Length == 0 ? plural : $"{plural}/{subresource}",
            ObjectMetadata.Text(resource, "namespace", ""),
            ObjectMetadata.Text(resource, "name", ""));
        return new JsonObject { ["allowed"] = access.Allows(question) };
    }

    private JsonObject Review(string token) => tokens.Find(token) is { } user
        ? new JsonObject { ["authenticated"] = true, ["user"] = UserInfo(user) }
        : new JsonObject { ["user"] = new JsonObject() };

    private static DevUser Subject(JsonObject spec) =>
        new(ObjectMetadata.Text(spec, "user", ""), [.. (spec["groups"] as JsonArray ?? []).Select(group => ObjectMetadata.AsText(group) ?? "")]);

    private static JsonObject AllRules() => new()
    {
        ["incomplete"] = false,
        ["resourceRules"] = new JsonArray(new JsonObject { ["verbs"] = new JsonArray("*"), ["apiGroups"] = new JsonArray("*"), ["resources"] = new JsonArray("*") }),
        ["nonResourceRules"] = new JsonArray(new JsonObject { ["verbs"] = new JsonArray("*"), ["nonResourceURLs"] = new JsonArray("*") }),
    };

    private static JsonObject UserInfo(DevUser user) => new()
    {
        ["username"] = user.Name,
        ["uid"] = user.Name,
        ["groups"] = new JsonArray([.. user.Groups.Prepend("system:authenticated").Select(group => (JsonNode)group)]),
    };
}
