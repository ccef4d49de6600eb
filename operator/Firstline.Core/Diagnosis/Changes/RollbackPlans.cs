using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Firstline.Api.V1Alpha1;
using Firstline.Core.Facts;

namespace Firstline.Core.Diagnosis.Changes;

/// <summary>Says how a human would take a change back: the commands, what would be down, what may go wrong, what would be lost.</summary>
internal static class RollbackPlans
{
    private const int MaxSentence = 512;
    private const int MaxPatch = 512;

    /// <summary>The plan; null where it is not known how.</summary>
    public static RollbackPlan? Of(Change change, Situation situation, EvidenceRedaction redaction)
    {
        RollbackPlan? plan =
            change.Touches(TemplateAspect.RestartOnly) ? null
            : change.IsRollout ? OfRollout(change, situation)
            : change.Resource.Kind == "ConfigMap" ? OfConfig(change, situation, redaction)
            : change is { Relation: ChangeRelation.Node } && situation.Around.Nodes.FirstOrDefault(n => n.Ref.Uid == change.Resource.Uid) is { IsCordoned: true } ? OfCordon(change)
            : null;
        return plan is null ? null : plan with { Downtime = BoundedText.Of(plan.Downtime, MaxSentence), Risk = BoundedText.Of(plan.Risk, MaxSentence), Lost = redaction.Of(plan.Lost, 2 * MaxSentence).Text };
    }

    private static RollbackPlan? OfRollout(Change change, Situation situation)
    {
        WorkloadFacts? workload = change.Relation == ChangeRelation.Self ? situation.Workload : situation.Around.Workloads.FirstOrDefault(w => w.Ref.Uid == change.Resource.Uid);
        if (workload is null)
        {
            return null;
        }

        string name = $"{workload.Ref.Kind.ToLowerInvariant()}/{workload.Ref.Name} -n {workload.Ref.Namespace}";
        return new()
        {
            Commands = [.. Undo(workload, name, change.RevisionBefore), $"kubectl rollout status {name}"],
            Downtime = Downtime(workload),
            Risk = string.Create(CultureInfo.InvariantCulture, $"{Served(change, situation)}{Owner(workload)}"),
            Lost = $"what the rollout brought: {string.Join("; ", change.Differences.Select(static d => d.Summary))}",
        };
    }

    // Helm keeps revisions of its own: what is undone beside it comes back with the next upgrade.
    private static ImmutableArray<string> Undo(WorkloadFacts workload, string name, long revision) =>
        workload.Annotations.TryGetValue(DeploymentMarks.HelmRelease, out string? release) && ShellWord.IsPlain(release)
        && (workload.Annotations.GetValueOrDefault(DeploymentMarks.HelmNamespace) ?? workload.Ref.Namespace ?? "") is var ns && ShellWord.IsPlain(ns)
            ? [$"helm history {release} -n {ns}", $"helm rollback {release} REVISION -n {ns}   # the revision before the change, from the list above"]
            : [string.Create(CultureInfo.InvariantCulture, $"kubectl rollout undo {name} --to-revision={revision}"), .. Stuck(workload)];

    // A StatefulSet replaces no pod that never got ready.
    private static ImmutableArray<string> Stuck(WorkloadFacts workload) => workload is { Ref.Kind: "StatefulSet" } && workload.ReadyPods < workload.DesiredPods
        ? [$"kubectl delete pod POD -n {workload.Ref.Namespace}   # the one that is not ready: a StatefulSet waits for it otherwise"] : [];

    private static string Downtime(WorkloadFacts workload) => workload.UpdateStrategy switch
    {
        "Recreate" => $"all {Counted.Of(workload.DesiredPods, "pod")}, until the older revision's are ready",
        "OnDelete" => "none by the command itself: pods are replaced when somebody deletes them",
        _ => $"at most {Counted.Of(workload.MaxUnavailablePods, "pod")} of {workload.DesiredPods} at a time beside those that are down already",
    };

    private static string Served(Change change, Situation situation)
    {
        ImmutableArray<RevisionFacts> revisions = change.Relation == ChangeRelation.Self ? situation.Revisions
            : [.. situation.Around.Rollouts.Where(r => r.Workload.Uid == change.Resource.Uid).Select(static r => r.Before)];
        RevisionFacts? before = revisions.FirstOrDefault(r => r.Number == change.RevisionBefore);
        string later = string.Join(", ", situation.ConfigMaps.Where(c => c.ChangedAt > change.Time).Select(static c => c.Ref.Name));
        string served = before is { ReadyPods: > 0 }
            ? string.Create(CultureInfo.InvariantCulture, $"low: {Counted.Of(before.ReadyPods, "pod")} of revision {before.Number} still {Counted.Noun(before.ReadyPods, "serves", "serve")}")
            : string.Create(CultureInfo.InvariantCulture, $"nothing shows now that revision {change.RevisionBefore} ran well");
        return later.Length == 0 ? served : $"{served}; ConfigMaps changed since: {later}";
    }

    private static string Owner(WorkloadFacts workload) => DeploymentMarks.OwnerOf(workload) is { } owner ? $"; {owner} would put the change back: revert it at its source too" : "";

    // What it held before is known of guarded ones alone, by what was declared.
    private static RollbackPlan? OfConfig(Change change, Situation situation, EvidenceRedaction redaction)
    {
        if (situation.ConfigMaps.FirstOrDefault(c => c.Ref.Uid == change.Resource.Uid) is not { DeclaredData: { } declared } config)
        {
            return null;
        }

        JsonObject data = [];
        foreach (string key in declared.Keys.Union(config.Data.Keys).Order(StringComparer.Ordinal))
        {
            string? wanted = declared.GetValueOrDefault(key);
            if (wanted != config.Data.GetValueOrDefault(key))
            {
                data[key] = wanted;
            }
        }

        string patch = new JsonObject { ["data"] = data }.ToJsonString(JsonSerializerOptions.Default);
        bool isShown = patch.Length <= MaxPatch && redaction.Of(patch, MaxPatch).Text == patch;
        return data.Count == 0 || !isShown ? null : new()
        {
            Commands = [$"kubectl patch configmap {config.Ref.Name} -n {config.Ref.Namespace} --type merge -p {ShellWord.Quoted(patch)}"],
            Downtime = "none by the command itself; a process that reads its configuration at its start alone has to be restarted",
            Risk = "low: it is what the ConfigMap was declared with",
            Lost = $"the changes of {string.Join(", ", data.Select(static d => d.Key))}{(change.By.Length > 0 ? $" by {change.By}" : "")}",
        };
    }

    private static RollbackPlan OfCordon(Change change) => new()
    {
        Commands = [$"kubectl uncordon {change.Resource.Name}"],
        Downtime = "none",
        Risk = "it was cordoned for a reason that is not known here: ask who did it",
        Lost = "nothing",
    };
}
