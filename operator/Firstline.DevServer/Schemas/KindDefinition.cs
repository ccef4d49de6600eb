using System.Collections.Immutable;

namespace Firstline.DevServer.Schemas;

/// <summary>All the server knows of one served kind in one version.</summary>
internal sealed record KindDefinition
{
    public required string Group { get; init; }

    public required string Version { get; init; }

    public required string Kind { get; init; }

    public required string Plural { get; init; }

    public required string Singular { get; init; }

    public required bool Namespaced { get; init; }

    public string ListKind => $"{Kind}List";

    public ImmutableArray<string> ShortNames { get; init; } = [];

    public ImmutableArray<string> Categories { get; init; } = [];

    public required SchemaNode Schema { get; init; }

    /// <summary>True for a kind with a <c>/status</c> subresource: writes to the main resource then ignore <c>status</c>, and the reverse.</summary>
    public bool HasStatus { get; init; }

    /// <summary>Null for a kind without <c>/scale</c>.</summary>
    public ScalePaths? Scale { get; init; }

    public ImmutableArray<ColumnDefinition> Columns { get; init; } = [];

    /// <summary>JSON paths (<c>.spec.nodeName</c>) that field selectors may name beside <c>metadata.name</c> and <c>metadata.namespace</c>.</summary>
    public ImmutableArray<string> SelectableFields { get; init; } = [];

    /// <summary>True when the kind comes from a CustomResourceDefinition: strategic merge patch is then refused with 415, unknown fields are pruned by schema.</summary>
    public bool IsCustom { get; init; }

    /// <summary>The warning that each answer of a deprecated version carries; null for a version in good standing.</summary>
    public string? Deprecation { get; init; }

    /// <summary>True when <c>metadata.generation</c> counts spec changes (all custom resources with status; workloads, jobs, ...).</summary>
    public bool HasGeneration { get; init; }

    public string ApiVersion => Group.Length == 0 ? Version : $"{Group}/{Version}";

    public string QualifiedName => Group.Length == 0 ? Plural : $"{Plural}.{Group}";
}
