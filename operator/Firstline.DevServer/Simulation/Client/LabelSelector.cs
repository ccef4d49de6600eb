using System.Collections.Immutable;
using System.Text.Json;

namespace Firstline.DevServer.Simulation.Client;

/// <summary>A label selector as workloads carry it (<c>metav1.LabelSelector</c>).</summary>
internal static class LabelSelector
{
    /// <summary>Whether the labels match; a missing selector matches nothing, an empty one everything.</summary>
    public static bool Matches(JsonElement selector, ImmutableDictionary<string, string> labels) =>
        !selector.IsMissing()
        && selector.Members("matchLabels").All(wanted => labels.GetValueOrDefault(wanted.Name) == wanted.Value.GetString())
        && selector.Items("matchExpressions").All(expression => Holds(expression, labels));

    /// <summary>Whether the labels have all these values; a missing or empty map matches nothing (as in a Service).</summary>
    public static bool MatchesMap(JsonElement map, ImmutableDictionary<string, string> labels) =>
        map.Members().Any() && map.Members().All(wanted => labels.GetValueOrDefault(wanted.Name) == wanted.Value.GetString());

    /// <summary>One requirement: <c>key</c>, <c>operator</c> (In, NotIn, Exists, DoesNotExist), <c>values</c>.</summary>
    public static bool Holds(JsonElement expression, ImmutableDictionary<string, string> labels)
    {
        bool present = labels.TryGetValue(expression.Text("key") ?? "", out string? value);
        bool listed = present && expression.Items("values").Any(v => v.GetString() == value);
        return expression.Text("operator") switch
        {
            "In" => listed,
            "NotIn" => !listed,
            "Exists" => present,
            "DoesNotExist" => !present,
            _ => false,
        };
    }
}
