using System.Text.Json.Nodes;
using Firstline.Api.V1Alpha1;
using Firstline.Core.Facts;

namespace Firstline.Core.Actions;

/// <summary>One taint that a plan puts on a node or takes off it, as the body of a <see cref="MutationVerb.Taint"/> mutation says it.</summary>
/// <param name="Taint">The taint; those of the same key and effect are the same one.</param>
/// <param name="IsWanted">True when the node is to have it.</param>
public sealed record TaintChange(TaintFacts Taint, bool IsWanted)
{
    private const string Path = "/spec/taints";

    /// <summary>The change that a mutation makes.</summary>
    /// <exception cref="System.Text.Json.JsonException">The body is not JSON.</exception>
    public static TaintChange Of(Mutation mutation)
    {
        ArgumentNullException.ThrowIfNull(mutation);
        JsonNode? body = JsonNode.Parse(mutation.Body ?? "{}");
        JsonNode? taint = body?["taint"];
        return new(new(Text(taint, "key"), Text(taint, "value"), Text(taint, "effect")) { TimeAdded = (string?)taint?["timeAdded"] }, (bool?)body?["wanted"] == true);
    }

    /// <summary>The mutation that makes the change.</summary>
    public Mutation On(TargetRef node) =>
        new() { Verb = MutationVerb.Taint, Target = node, Body = CanonicalJson.Plain(new JsonObject { ["taint"] = Json(), ["wanted"] = IsWanted }) };

    /// <summary>The operation of a JSON patch that makes the change to the taints that a node has now, whichever others those are; sent with the resourceVersion that was read with them.</summary>
    /// <param name="present"><c>spec.taints</c> as read; null when the node has none.</param>
    internal JsonObject Operation(JsonArray? present)
    {
        JsonArray after = [.. (present ?? []).Where(t => !IsSame(t)).Select(static t => t?.DeepClone())];
        if (IsWanted)
        {
            after.Add((JsonNode)Json());
        }

        return Workloads.Operation("add", Path, after);
    }

    private bool IsSame(JsonNode? taint) => Text(taint, "key") == Taint.Key && Text(taint, "effect") == Taint.Effect;

    // As the API server writes it: what is empty is left out.
    private JsonObject Json()
    {
        JsonObject json = new() { ["effect"] = Taint.Effect, ["key"] = Taint.Key };
        if (Taint.Value.Length > 0)
        {
            json["value"] = Taint.Value;
        }

        if (Taint.TimeAdded is not null)
        {
            json["timeAdded"] = Taint.TimeAdded;
        }

        return json;
    }

    private static string Text(JsonNode? taint, string field) => (string?)taint?[field] ?? "";
}
