using System.ComponentModel.DataAnnotations;

namespace Firstline.Api.V1Alpha1;

/// <summary>Names objects that are never changed; what is left out matches any.</summary>
[Schema.Cel("has(self.kind) || has(self.namespace) || has(self.name)", "name at least a kind, a namespace or a name; maxMode Observe protects everything")]
public sealed record ProtectedObject
{
    /// <summary>Kind, such as StatefulSet.</summary>
    [MaxLength(63), MinLength(1)]
    public string? Kind { get; init; }

    /// <summary>Namespace.</summary>
    [MaxLength(63), MinLength(1)]
    public string? Namespace { get; init; }

    /// <summary>Name.</summary>
    [MaxLength(253), MinLength(1)]
    public string? Name { get; init; }
}
