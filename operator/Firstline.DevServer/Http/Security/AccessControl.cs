using System.Text.Json.Nodes;
using Firstline.DevServer.Http.Errors;
using Firstline.DevServer.Http.Requests;

namespace Firstline.DevServer.Http.Security;

/// <summary>Decides what known users may do: everything, unless the options have a rule.</summary>
internal sealed class AccessControl(Func<AccessQuestion, bool>? rule)
{
    public bool Allows(AccessQuestion question) => rule is null || rule(question);

    /// <exception cref="ApiException">403 in the words of RBAC.</exception>
    public void ThrowUnlessAllowed(ApiRequest request, string verb)
    {
        string resource = request.Path.Subresource is { } subresource ? $"{request.Kind.Plural}/{subresource}" : request.Kind.Plural;
        if (Allows(new AccessQuestion(request.User, verb, request.Kind.Group, resource, request.Namespace, request.Path.Name ?? "")))
        {
            return;
        }

        string where = request.Namespace.Length > 0 ? $"in the namespace \"{request.Namespace}\"" : "at the cluster scope";
        string name = request.Path.Name is { } given ? $" \"{given}\"" : "";
        throw new ApiException(
            403,
            "Forbidden",
            $"{request.Kind.QualifiedName}{name} is forbidden: User \"{request.User.Name}\" cannot {verb} resource \"{resource}\" in API group \"{request.Kind.Group}\" {where}",
            new JsonObject { ["name"] = request.Path.Name, ["group"] = request.Kind.Group, ["kind"] = request.Kind.Plural });
    }
}
