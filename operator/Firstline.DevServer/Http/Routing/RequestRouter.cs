using System.Text.Json.Nodes;
using Firstline.DevServer.Discovery;
using Firstline.DevServer.Http.Errors;
using Firstline.DevServer.Http.Requests;
using Firstline.DevServer.Http.Responses;
using Firstline.DevServer.Http.Security;
using Firstline.DevServer.Http.Subresources;
using Firstline.DevServer.Schemas;
using Firstline.DevServer.Schemas.Contracts;

namespace Firstline.DevServer.Http.Routing;

/// <summary>The edge: authenticates, finds who answers, and turns errors into Status objects.</summary>
internal sealed partial class RequestRouter(
    TokenAuthenticator tokens, AccessControl access, IKindRegistry kinds, IDiscoveryDocuments documents, VerbTable verbs, ILogger<RequestRouter> log)
{
    private static readonly string[] HealthPaths = ["/healthz", "/livez", "/readyz"];

    public async Task HandleAsync(HttpContext http)
    {
        try
        {
            await RouteAsync(http);
        }
        catch (ApiException e) when (!http.Response.HasStarted)
        {
            await Responder.SendErrorAsync(http, e);
        }
        catch (OperationCanceledException) when (http.RequestAborted.IsCancellationRequested)
        {
            LogGone(http.Request.Path);
        }
        catch (Exception e) when (IsFault(e) && !http.Response.HasStarted)
        {
            LogFault(e, http.Request.Method, http.Request.Path);
            await Responder.SendErrorAsync(http, ApiErrors.Internal($"{e.GetType().Name}: {e.Message}"));
        }
    }

    private static bool IsFault(Exception e) => e is not (OperationCanceledException or OutOfMemoryException or IOException);

    private Task RouteAsync(HttpContext http)
    {
        string path = http.Request.Path.Value ?? "/";
        if (HealthPaths.Contains(path))
        {
            return Responder.SendTextAsync(http, 200, "ok");
        }

        DevUser user = tokens.Authenticate(http.Request);
        if (path == OpenApiV2.Path)
        {
            http.Response.ContentType = OpenApiV2.ContentType;
            return http.Response.Body.WriteAsync(OpenApiV2.Document, http.RequestAborted).AsTask();
        }

        if (documents.Find(path.Length > 1 ? path.TrimEnd('/') : path, http.Request.Headers.Accept.ToString()) is { } document)
        {
            return SendDocumentAsync(http, document);
        }

        return RouteResourceAsync(http, ApiPath.Parse(path), user);
    }

    private Task RouteResourceAsync(HttpContext http, ApiPath? parsed, DevUser user)
    {
        if (parsed is null || !IsServed(parsed))
        {
            return Responder.SendTextAsync(http, 404, "404 page not found\n");
        }

        if (ReviewEndpoint.Serves(parsed))
        {
            return verbs.Reviews.HandleAsync(http, parsed, user);
        }

        KindDefinition kind = kinds.FindByPlural(parsed.Group, parsed.Version, parsed.Plural) ?? throw ApiErrors.UnknownResource();
        ApiRequest request = new(http, kind, parsed, user);
        if (kind.Deprecation is { } warning)
        {
            Warnings.Add(http, [warning]);
        }

        (string verb, Verbs.IVerb handler) = verbs.Find(request);
        ThrowIfMisplaced(request);
        access.ThrowUnlessAllowed(request, verb);
        return handler.HandleAsync(request);
    }

    // Versions of a built-in group that there are not are answered by the group.
    private bool IsServed(ApiPath path) =>
        kinds.All.Any(kind => kind.Group == path.Group && (kind.Version == path.Version || !kind.IsCustom)) || ReviewEndpoint.Serves(path);

    /// <summary>A cluster-scoped kind in a namespace, or one object of a namespaced kind without its namespace, is served nowhere.</summary>
    private static void ThrowIfMisplaced(ApiRequest request)
    {
        bool inNamespace = request.Path.Namespace is not null;
        bool needsNamespace = request.Path.Name is not null || request.Http.Request.Method is "POST" or "DELETE";
        if (inNamespace != request.Kind.Namespaced && (inNamespace || needsNamespace))
        {
            throw request.Kind.Namespaced && request.Path.Name is null ? ApiErrors.MethodNotAllowed() : ApiErrors.UnknownResource();
        }
    }

    /// <summary>Aggregated discovery is cached by kubectl under its own media type.</summary>
    private static Task SendDocumentAsync(HttpContext http, JsonObject document)
    {
        bool aggregated = document["kind"]?.ToString() == "APIGroupDiscoveryList";
        string version = document["apiVersion"]?.ToString().Split('/')[^1] ?? "v2";
        return Responder.SendDocumentAsync(
            http, aggregated ? $"application/json;g=apidiscovery.k8s.io;v={version};as=APIGroupDiscoveryList" : "application/json", document);
    }

    [LoggerMessage(6101, LogLevel.Debug, "The client left before the answer of {Path} was complete")]
    private partial void LogGone(PathString path);

    [LoggerMessage(6102, LogLevel.Error, "{Method} {Path} failed inside the server")]
    private partial void LogFault(Exception e, string method, PathString path);
}
