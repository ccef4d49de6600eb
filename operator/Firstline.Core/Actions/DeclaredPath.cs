using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Firstline.Core.Actions;

/// <summary>A field that PatchResource may change: which kinds have it, where, and which values it may take. There are no others.</summary>
/// <param name="Kinds">Kinds that have it.</param>
/// <param name="Pattern">Where it is; a container is named in place of its index.</param>
/// <param name="Meaning">Which values it takes, in words.</param>
/// <param name="Stored">A value that it takes, as the API server stores it; null for any other.</param>
internal sealed record DeclaredPath(ImmutableArray<string> Kinds, Regex Pattern, string Meaning, Func<JsonNode, JsonNode?> Stored)
{
    // None of these runs other code, gives other rights, mounts anything or opens the network; each changes how long, how much, or how often.
    public static readonly ImmutableArray<DeclaredPath> All =
    [
        new(Workloads.Kinds, Of("/spec/template/spec/terminationGracePeriodSeconds"), "a whole number from 0 to 3600", static v => Number(v, 0, 3600)),
        new(Workloads.Kinds, Of("/spec/template/spec/containers/NAME/(startup|liveness|readiness)Probe/(initialDelaySeconds|periodSeconds|timeoutSeconds|failureThreshold)"),
            "a whole number from 1 to 3600", static v => Number(v, 1, 3600)),
        new(Workloads.Kinds, Of("/spec/template/spec/containers/NAME/resources/(requests|limits)/(cpu|memory)"), "an amount above 0", Amount),
        new(["CronJob"], Of("/spec/jobTemplate/spec/(backoffLimit)"), "a whole number from 0 to 100", static v => Number(v, 0, 100)),
        new(["CronJob"], Of("/spec/jobTemplate/spec/(activeDeadlineSeconds)"), "a whole number from 1 to 604800", static v => Number(v, 1, 604_800)),
    ];

    public static DeclaredPath? Find(string path) => All.FirstOrDefault(p => p.Pattern.IsMatch(path));

    /// <summary>The value that a parameter names; null when it is no JSON.</summary>
    public static JsonNode? Read(string value)
    {
        try
        {
            return JsonNode.Parse(value);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static Regex Of(string pattern) =>
        new($"^{pattern.Replace("NAME", "(?<container>[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?)", StringComparison.Ordinal)}\\z", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture);

    private static JsonNode? Number(JsonNode value, long least, long most) =>
        value.GetValueKind() == JsonValueKind.Number && long.TryParse(value.ToJsonString(), NumberStyles.None, CultureInfo.InvariantCulture, out long number) && number >= least && number <= most
            ? value : null;

    // Written otherwise it would not be found again as it was written, and could not be taken back.
    private static JsonValue? Amount(JsonNode value) =>
        value.GetValueKind() == JsonValueKind.String && Quantity.TryParse((string?)value, out Quantity amount) && amount.Value > 0 ? JsonValue.Create(amount.ToString()) : null;
}
