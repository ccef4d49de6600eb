using System.Collections.Frozen;
using Firstline.DevServer.Http.Errors;
using Firstline.DevServer.Http.Requests;
using Firstline.DevServer.Http.Subresources;
using Firstline.DevServer.Http.Verbs;
using Firstline.DevServer.Http.Writing;

namespace Firstline.DevServer.Http.Routing;

/// <summary>Who answers what: the table of contents of the API.</summary>
internal sealed class VerbTable
{
    public required IVerb Get { get; init; }

    public required IVerb List { get; init; }

    public required IVerb Watch { get; init; }

    public required IVerb Create { get; init; }

    public required IVerb Replace { get; init; }

    public required IVerb Patch { get; init; }

    public required IVerb Delete { get; init; }

    public required IVerb DeleteCollection { get; init; }

    public required IVerb Scale { get; init; }

    /// <summary>Subresources of single kinds, by <c>resource/subresource</c> and method.</summary>
    public required FrozenDictionary<(string Subresource, string Method), IVerb> Subresources { get; init; }

    public required ReviewEndpoint Reviews { get; init; }

    /// <returns>The verb in the words of RBAC, and who answers.</returns>
    /// <exception cref="ApiException">404: no such subresource; 405: not with this method.</exception>
    public (string Verb, IVerb Handler) Find(ApiRequest request)
    {
        string method = request.Http.Request.Method;
        string? subresource = request.Path.Subresource;
        if (subresource is null)
        {
            return request.Path.Name is null ? Collection(request, method) : Single(request, method);
        }

        string full = $"{request.Kind.QualifiedName}/{subresource}";
        if (Subresources.TryGetValue((full, method), out IVerb? own))
        {
            return (Word(method), own);
        }

        return subresource switch
        {
            "scale" when request.Kind.Scale is not null => (Word(method), Scale),
            "status" when request.Kind.HasStatus => Part(request, method),
            "finalize" when request.Kind.QualifiedName == KindRules.Namespaces && method == "PUT" => ("update", Replace),
            _ when request.Kind.IsCustom => throw ApiErrors.NotFound(request.Kind, request.Name),
            _ => throw (Subresources.Keys.Any(key => key.Subresource == full) ? ApiErrors.MethodNotAllowed() : ApiErrors.UnknownResource()),
        };
    }

    private (string, IVerb) Collection(ApiRequest request, string method) => method switch
    {
        "GET" when request.Flag("watch") => ("watch", Watch),
        "GET" => ("list", List),
        "POST" => ("create", Create),
        "DELETE" => ("deletecollection", DeleteCollection),
        _ => throw ApiErrors.MethodNotAllowed(),
    };

    private (string, IVerb) Single(ApiRequest request, string method) => method switch
    {
        "GET" when request.Flag("watch") => ("watch", Watch),
        "DELETE" => ("delete", Delete),
        _ => Part(request, method),
    };

    private (string, IVerb) Part(ApiRequest request, string method) => method switch
    {
        "GET" => ("get", Get),
        "PUT" => ("update", Replace),
        "PATCH" => ("patch", Patch),
        _ when request.Kind.IsCustom && request.Path.Subresource is not null => throw ApiErrors.NotSupported(request.Kind, method == "DELETE" ? "delete" : "create"),
        _ => throw ApiErrors.MethodNotAllowed(),
    };

    private static string Word(string method) => method switch
    {
        "GET" => "get",
        "PUT" => "update",
        "PATCH" => "patch",
        _ => "create",
    };
}
