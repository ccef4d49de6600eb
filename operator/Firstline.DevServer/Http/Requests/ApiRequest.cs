using Firstline.DevServer.Http.Errors;
using Firstline.DevServer.Schemas;
using Firstline.DevServer.Store;

namespace Firstline.DevServer.Http.Requests;

/// <summary>One request to a served kind.</summary>
/// <param name="Http">The connection's side of it.</param>
/// <param name="Kind">The kind that the path names.</param>
/// <param name="Path">The path.</param>
/// <param name="User">Who asks.</param>
internal sealed record ApiRequest(HttpContext Http, KindDefinition Kind, ApiPath Path, DevUser User)
{
    /// <summary>The one namespace that the path names; empty for cluster-scoped kinds.</summary>
    public string Namespace => Path.Namespace ?? "";

    public string Name => Path.Name ?? throw ApiErrors.MethodNotAllowed();

    public ObjectKey Key => new(Kind.QualifiedName, Namespace, Name);

    public CancellationToken Aborted => Http.RequestAborted;

    /// <summary>A query parameter; empty when it is missing.</summary>
    public string Query(string name) => Http.Request.Query[name].ToString();

    public bool Flag(string name) => Query(name) is "true" or "1" or "True";
}
