using System.Collections.Immutable;
using System.ComponentModel.DataAnnotations;
using Firstline.Api.Schema;

namespace Firstline.Api.V1Alpha1;

/// <summary>What is never changed by the operator.</summary>
public sealed record ProtectionRules
{
    /// <summary>Namespaces in which nothing is changed; kube-system and the operator's own always belong to them.</summary>
    [ListSet, MaxLength(256), ItemBounds(63, MinLength = 1)]
    public ImmutableArray<string> Namespaces { get; init => field = value.IsDefault ? [] : value; } = [];

    /// <summary>Namespaces in which every remediation needs approval, such as production.</summary>
    [ListSet, MaxLength(256), ItemBounds(63, MinLength = 1)]
    public ImmutableArray<string> ApprovalNamespaces { get; init => field = value.IsDefault ? [] : value; } = [];

    /// <summary>Objects that are never changed, by kind, namespace or name.</summary>
    [MaxLength(256)]
    public ImmutableArray<ProtectedObject> Objects { get; init => field = value.IsDefault ? [] : value; } = [];

    /// <summary>Labels: an object that carries one of them is never changed.</summary>
    [MaxLength(32), ItemBounds(63)]
    public ImmutableSortedDictionary<string, string> Labels { get; init => field = value ?? ImmutableSortedDictionary<string, string>.Empty; } =
        ImmutableSortedDictionary<string, string>.Empty;
}
