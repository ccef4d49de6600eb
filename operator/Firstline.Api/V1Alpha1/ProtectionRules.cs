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
}
