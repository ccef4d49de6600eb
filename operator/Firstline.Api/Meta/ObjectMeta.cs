using System.Collections.Immutable;

namespace Firstline.Api.Meta;

/// <summary>The part of <c>metadata</c> that Firstline reads or writes; other fields of a live object are left alone (edits are patches).</summary>
public sealed record ObjectMeta
{
    /// <summary>Name, unique per kind and namespace; a DNS subdomain of at most 253 characters.</summary>
    public string Name { get; init => field = value ?? ""; } = "";

    /// <summary>Prefix from which the API server makes a unique name on create; null otherwise.</summary>
    public string? GenerateName { get; init; }

    /// <summary>Namespace; null for cluster-scoped kinds.</summary>
    public string? Namespace { get; init; }

    /// <summary>Identity in time and space, set by the API server; a re-created object of the same name has another.</summary>
    public string? Uid { get; init; }

    /// <summary>Opaque version for optimistic locking, set by the API server.</summary>
    public string? ResourceVersion { get; init; }

    /// <summary>Counts changes of the desired state, set by the API server; 0 where the kind has none.</summary>
    [System.Text.Json.Serialization.JsonIgnore(Condition = System.Text.Json.Serialization.JsonIgnoreCondition.WhenWritingDefault)]
    public long Generation { get; init; }

    /// <summary>When the API server stored the object first; null before that.</summary>
    public DateTimeOffset? CreationTimestamp { get; init; }

    /// <summary>When deletion was asked for; null while the object is wanted.</summary>
    public DateTimeOffset? DeletionTimestamp { get; init; }

    /// <summary>Labels by key.</summary>
    public ImmutableSortedDictionary<string, string> Labels { get; init => field = value ?? ImmutableSortedDictionary<string, string>.Empty; } =
        ImmutableSortedDictionary<string, string>.Empty;

    /// <summary>Annotations by key.</summary>
    public ImmutableSortedDictionary<string, string> Annotations { get; init => field = value ?? ImmutableSortedDictionary<string, string>.Empty; } =
        ImmutableSortedDictionary<string, string>.Empty;

    /// <summary>Owners, at most one of them the controller.</summary>
    public ImmutableArray<OwnerReference> OwnerReferences { get; init => field = value.IsDefault ? [] : value; } = [];

    /// <summary>Names of those who must agree before the object goes.</summary>
    public ImmutableArray<string> Finalizers { get; init => field = value.IsDefault ? [] : value; } = [];
}
