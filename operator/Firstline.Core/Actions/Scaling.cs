using System.Text.Json;
using System.Text.Json.Nodes;
using Firstline.Api.V1Alpha1;

namespace Firstline.Core.Actions;

/// <summary>
/// Tells scaling apart from other changes of a workload. An autoscaler moves <c>spec.replicas</c> through the scale subresource, and each move is a new
/// <c>metadata.generation</c>; the rest of the spec is then what it was.
/// </summary>
public static class Scaling
{
    // root, metadata, the list and its entry: a property of metadata.managedFields[] is at this depth
    private const int EntryDepth = 4;

    /// <summary>True when <c>spec.replicas</c> was set last through the scale subresource: an entry of <c>metadata.managedFields[]</c> says so.</summary>
    /// <param name="json">The whole object, as the API server sends it.</param>
    public static bool IsByScale(ReadOnlySpan<byte> json)
    {
        if (json.IndexOf("\"scale\""u8) < 0)
        {
            return false;
        }

        Utf8JsonReader reader = new(json);
        while (reader.Read())
        {
            if (reader.TokenType != JsonTokenType.PropertyName)
            {
                continue;
            }

            if (IsElsewhere(reader))
            {
                reader.Skip();
            }
            else if (reader.CurrentDepth == EntryDepth && reader.Read() && reader.TokenType == JsonTokenType.String && reader.ValueTextEquals("scale"u8))
            {
                return true;
            }
        }

        return false;
    }

    // Only metadata.managedFields[].subresource is of interest.
    private static bool IsElsewhere(in Utf8JsonReader reader) => reader.CurrentDepth switch
    {
        1 => !reader.ValueTextEquals("metadata"u8),
        2 => !reader.ValueTextEquals("managedFields"u8),
        EntryDepth => !reader.ValueTextEquals("subresource"u8),
        _ => true,
    };

    /// <summary>Hash of the spec without its replicas; null without a spec.</summary>
    /// <param name="json">The whole object.</param>
    public static string? HashOf(JsonNode? json)
    {
        if (json?["spec"] is not JsonObject spec)
        {
            return null;
        }

        JsonObject rest = (JsonObject)spec.DeepClone();
        rest.Remove("replicas");
        return CanonicalJson.Hash(rest);
    }

    /// <summary>The same for an object that was scaled (<see cref="IsByScale"/>); null for one that was not, which costs next to nothing.</summary>
    public static string? HashWhenScaled(ReadOnlySpan<byte> json) => IsByScale(json) ? HashOf(JsonNode.Parse(json)) : null;

    /// <summary>True when the plan itself sets replicas: then another count is a change of what it made.</summary>
    public static bool IsPlanned(RemediationPlan plan) =>
        plan.Steps.Any(static s => s.Forward.Any(static m => m.Body?.Contains("replicas\"", StringComparison.Ordinal) == true));
}
