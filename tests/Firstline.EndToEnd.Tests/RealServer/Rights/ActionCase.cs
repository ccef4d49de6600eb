using System.Collections.Immutable;
using Firstline.Api.V1Alpha1;
using Firstline.Core.Actions;
using Firstline.Core.Planning;

namespace Firstline.EndToEnd.Tests.RealServer.Rights;

/// <summary>An action on one of the objects of <see cref="ActionStage"/>, so that the rights it declares are used.</summary>
/// <param name="Action">The action.</param>
/// <param name="Kind">Kind of its target.</param>
/// <param name="Name">Name of its target.</param>
/// <param name="Parameters">Its parameters, defaults filled in.</param>
internal sealed record ActionCase(IAction Action, string Kind, string Name, ImmutableSortedDictionary<string, string> Parameters)
{
    // Where an action needs another object than the one that stands for its kind.
    private static readonly Dictionary<(string Action, string Kind), string> Special = new()
    {
        [("DeletePod", "DaemonSet")] = "half-agent",
        [("DeletePod", "Deployment")] = "half-web",
        [("DeletePod", "StatefulSet")] = "half-db",
        [("Drain", "Node")] = "stage-closed",
        [("ResumeCronJob", "CronJob")] = "suspended",
        [("ResumeJob", "Job")] = "held",
        [("RolloutResume", "Deployment")] = "paused",
        [("SuspendJob", "Job")] = "endless",
        [("Uncordon", "Node")] = "stage-closed",
    };

    // Required parameters; with a kind behind them those of that kind alone.
    private static readonly Dictionary<string, string> With = new(StringComparer.Ordinal)
    {
        ["AdjustHpa.ceiling"] = "10",
        ["Annotate.key"] = "example.com/state",
        ["Annotate.value"] = "broken",
        ["CallWebhook.webhook"] = "page",
        ["Drain.unmanagedPods"] = "evict",
        ["ExpandPvc.max"] = "10Gi",
        ["Label.key"] = "example.com/state",
        ["Label.value"] = "broken",
        ["PatchResource.path"] = "/spec/template/spec/terminationGracePeriodSeconds",
        ["PatchResource.path of CronJob"] = "/spec/jobTemplate/spec/backoffLimit",
        ["PatchResource.value"] = "7",
        ["RunJob.image"] = "registry.example/tool:1",
        ["SetEnv.name"] = "MODE",
        ["SetEnv.value"] = "safe",
        ["SetImage.image"] = "registry.example/other:1",
        ["SetReplicas.replicas"] = "5",
        ["SetResources.memoryMax"] = "1Gi",
        ["TaintNode.key"] = "example.com/broken",
        ["TaintNode.effect"] = "NoSchedule",
        ["UntaintNode.key"] = "example.com/stage",
        ["UntaintNode.effect"] = "NoSchedule",
    };

    /// <summary>Every action of the catalogue on every kind that it can change: a new action is among them by itself.</summary>
    public static ImmutableArray<ActionCase> All { get; } = [.. ActionCatalogue.All.SelectMany(static a => a.TargetKinds.Select(kind => Of(a, kind)))];

    /// <summary>Why the case can't be tried, in words for whoever added the action; null when it can.</summary>
    public string? Problem => Name.Length == 0
        ? $"no object of kind {Kind} stands on the stage: add one to ActionStage and its name to ActionStage.Names"
        : Action.Parameters.Select(p => !Parameters.TryGetValue(p.Name, out string? value) ? $"parameter {p.Name} has no value: add [\"{Action.Name}.{p.Name}\"] to ActionCase.With"
            : value != p.Default && p.Problem(value) is { } problem ? $"parameter {p.Name}: {problem}" : null).FirstOrDefault(static p => p is not null);

    /// <inheritdoc/>
    public override string ToString() => $"{Action.Name} on {Kind}/{Name}";

    private static ActionCase Of(IAction action, string kind)
    {
        ImmutableSortedDictionary<string, string> given = (
            from p in action.Parameters
            let value = With.GetValueOrDefault($"{action.Name}.{p.Name} of {kind}") ?? With.GetValueOrDefault($"{action.Name}.{p.Name}")
            where value is not null
            select KeyValuePair.Create(p.Name, value)).ToImmutableSortedDictionary();
        string name = Special.GetValueOrDefault((action.Name, kind)) ?? ActionStage.Names.GetValueOrDefault(kind) ?? "";
        return new(action, kind, name, RunbookValidator.Parameters(new RunbookStep { With = given }, action));
    }
}
