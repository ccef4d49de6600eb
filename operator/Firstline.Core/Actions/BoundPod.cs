using System.Collections.Immutable;
using System.Text.Json.Nodes;
using Firstline.Api.V1Alpha1;
using Firstline.Core.Facts;

namespace Firstline.Core.Actions;

/// <summary>A pod that a plan evicts, as the body of an <see cref="MutationVerb.Evict"/> mutation of a Node lists it.</summary>
/// <param name="Namespace">Its namespace.</param>
/// <param name="Name">Its name.</param>
/// <param name="Uid">Its UID: one of the same name that came later is left alone.</param>
public sealed record BoundPod(string Namespace, string Name, string Uid)
{
    /// <summary>The pods that a mutation evicts: those of its body, or its target.</summary>
    /// <exception cref="System.Text.Json.JsonException">The body is not JSON.</exception>
    public static ImmutableArray<BoundPod> Of(Mutation mutation)
    {
        ArgumentNullException.ThrowIfNull(mutation);
        return mutation.Body is { } body
            ? [.. (JsonNode.Parse(body)?["pods"] as JsonArray ?? []).Select(static p => new BoundPod(Text(p, "namespace"), Text(p, "name"), Text(p, "uid")))]
            : [new(mutation.Target.Namespace ?? "", mutation.Target.Name, mutation.Target.Uid ?? "")];
    }

    /// <summary>The mutation that evicts these pods from a node.</summary>
    public static Mutation Evictions(TargetRef node, IEnumerable<PodFacts> pods) => new()
    {
        Verb = MutationVerb.Evict,
        Target = node,
        Body = CanonicalJson.Plain(new JsonObject
        {
            ["pods"] = new JsonArray([.. pods.Select(static p => new JsonObject { ["namespace"] = p.Ref.Namespace, ["name"] = p.Ref.Name, ["uid"] = p.Ref.Uid })]),
        }),
    };

    private static string Text(JsonNode? pod, string field) => (string?)pod?[field] ?? "";

    /// <summary><c>namespace/name</c>.</summary>
    public override string ToString() => $"{Namespace}/{Name}";
}
