using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Firstline.DevServer.Http.Errors;
using Firstline.DevServer.Http.Requests;
using Firstline.DevServer.Http.Responses;
using Firstline.DevServer.Http.Security;
using Firstline.DevServer.Http.Verbs;
using Firstline.DevServer.Patching;
using Firstline.DevServer.Store;

namespace Firstline.DevServer.Http.Subresources;

/// <summary>Issues tokens for service accounts (<c>kubectl create token</c>): opaque strings that end with the process.</summary>
internal sealed class TokenSubresource(ObjectStore store, TokenAuthenticator tokens, TimeProvider time) : IVerb
{
    private const long DefaultSeconds = 3600;

    public async Task HandleAsync(ApiRequest request)
    {
        StoredObject account = store.Find(request.Key) ?? throw ApiErrors.NotFound(request.Kind, request.Name);
        ParsedBody body = await BodyReader.ReadObjectAsync(request.Http, "TokenRequest", request.Aborted);
        JsonObject answer = (JsonObject)body.Node!;
        JsonObject spec = answer["spec"] as JsonObject ?? [];
        long seconds = spec["expirationSeconds"]?.GetValueKind() == JsonValueKind.Number
            ? long.Parse(spec["expirationSeconds"]!.ToJsonString(), CultureInfo.InvariantCulture)
            : DefaultSeconds;
        DateTimeOffset expires = time.GetUtcNow().AddSeconds(seconds);
        DevUser user = new(
            $"system:serviceaccount:{account.Key.Namespace}:{account.Key.Name}", ["system:serviceaccounts", $"system:serviceaccounts:{account.Key.Namespace}"]);
        answer["kind"] = "TokenRequest";
        answer["apiVersion"] = "authentication.k8s.io/v1";
        answer["metadata"] = new JsonObject { ["name"] = account.Key.Name, ["namespace"] = account.Key.Namespace };
        answer["status"] = new JsonObject { ["token"] = tokens.Issue(user, expires), ["expirationTimestamp"] = Timestamps.Format(expires) };
        await Responder.SendAsync(request.Http, 201, answer);
    }
}
