using System.Collections.Immutable;
using System.Text.Json.Nodes;

namespace Firstline.DevServer.Schemas;

/// <summary>One node of a type's structural schema: built-in kinds and custom resources share it, so that patching, defaulting, pruning,
/// validation, OpenAPI and managed fields each have one implementation.</summary>
/// <remarks>Sources: the structural schema rules of CustomResourceDefinitions and the <c>x-kubernetes-*</c> extensions of Kubernetes' OpenAPI.</remarks>
internal sealed record SchemaNode
{
    public static readonly SchemaNode Anything = new() { PreserveUnknownFields = true };

    /// <summary>Short name of the built-in type that this node defines (<c>apps.v1.DeploymentSpec</c>), for the server's own decoding errors;
    /// null in custom resources and in plain fields.</summary>
    public string? TypeName { get; init; }

    /// <summary><c>object</c>, <c>array</c>, <c>string</c>, <c>integer</c>, <c>number</c>, <c>boolean</c>; null where any type fits.</summary>
    public string? Type { get; init; }

    public string? Format { get; init; }

    public string? Description { get; init; }

    public bool Nullable { get; init; }

    public ImmutableSortedDictionary<string, SchemaNode> Properties { get; init; } = ImmutableSortedDictionary<string, SchemaNode>.Empty;

    public SchemaNode? AdditionalProperties { get; init; }

    public SchemaNode? Items { get; init; }

    public ImmutableArray<string> Required { get; init; } = [];

    /// <summary>Cloned before use: a <see cref="JsonNode"/> has one parent.</summary>
    public JsonNode? Default { get; init; }

    public ImmutableArray<JsonNode?> Enum { get; init; } = [];

    public double? Minimum { get; init; }

    public double? Maximum { get; init; }

    public bool ExclusiveMinimum { get; init; }

    public bool ExclusiveMaximum { get; init; }

    public double? MultipleOf { get; init; }

    public int? MinLength { get; init; }

    public int? MaxLength { get; init; }

    public string? Pattern { get; init; }

    public int? MinItems { get; init; }

    public int? MaxItems { get; init; }

    public bool UniqueItems { get; init; }

    public int? MinProperties { get; init; }

    public int? MaxProperties { get; init; }

    public ImmutableArray<SchemaNode> AllOf { get; init; } = [];

    public ImmutableArray<SchemaNode> AnyOf { get; init; } = [];

    public ImmutableArray<SchemaNode> OneOf { get; init; } = [];

    public SchemaNode? Not { get; init; }

    public bool PreserveUnknownFields { get; init; }

    public bool IntOrString { get; init; }

    public bool EmbeddedResource { get; init; }

    /// <summary><c>atomic</c>, <c>set</c> or <c>map</c>; null means atomic.</summary>
    public string? ListType { get; init; }

    public ImmutableArray<string> ListMapKeys { get; init; } = [];

    /// <summary><c>granular</c> or <c>atomic</c>; null means granular.</summary>
    public string? MapType { get; init; }

    /// <summary>Strategic merge: comma-separated <c>merge</c>, <c>replace</c>, <c>retainKeys</c>; null means replace for lists, merge for maps.</summary>
    public string? PatchStrategy { get; init; }

    public string? PatchMergeKey { get; init; }

    /// <summary>CEL rules, kept and served; the dev server does not evaluate them and says so.</summary>
    public ImmutableArray<JsonObject> CelRules { get; init; } = [];
}
