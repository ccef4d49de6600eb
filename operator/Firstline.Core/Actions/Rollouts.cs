using System.Text.Json.Nodes;
using Firstline.Api.V1Alpha1;

namespace Firstline.Core.Actions;

/// <summary>Tells plans that start a rollout from others: those that change a pod template, which replaces every pod.</summary>
internal static class Rollouts
{
    /// <summary>True when one of the steps changes the pod template of a workload.</summary>
    public static bool ArePlanned(IEnumerable<PlannedStep> steps) => steps.SelectMany(static s => s.Forward).Any(IsOfTemplate);

    private static bool IsOfTemplate(Mutation mutation) => (mutation.Verb, JsonNode.Parse(mutation.Body ?? "null")) switch
    {
        (MutationVerb.MergePatch, JsonObject patch) => patch["spec"] is JsonObject spec && spec.ContainsKey("template"),
        (MutationVerb.JsonPatch, JsonArray patch) => patch.Any(static o => ((string?)o?["path"])?.StartsWith("/spec/template", StringComparison.Ordinal) == true),
        _ => false,
    };
}
