using Firstline.Api.Meta;

namespace Firstline.EndToEnd.Tests.RealServer.Rights;

/// <summary>A right that the operator has by one of its roles.</summary>
/// <param name="Role">The Role; a ClusterRole where it has no namespace.</param>
/// <param name="Right">The right.</param>
internal sealed record Grant(NamespacedName Role, Right Right)
{
    /// <summary>Whether a request can have used it: a Role counts in its own namespace.</summary>
    public bool Allows(AuditedRequest request) => Right.Allows(request) && (Role.Namespace.Length == 0 || request.Namespace == Role.Namespace);

    public override string ToString() => Role.Namespace.Length == 0 ? $"{Right}" : $"{Right} in {Role.Namespace}";
}
