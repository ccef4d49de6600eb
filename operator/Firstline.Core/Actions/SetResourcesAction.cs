using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json.Nodes;
using Firstline.Api.V1Alpha1;
using Firstline.Core.Facts;

namespace Firstline.Core.Actions;

/// <summary>Raises a container's memory limit by a factor, up to a maximum. Reversible: the inverse restores the amounts seen while planning.</summary>
/// <remarks>A memory request that equals the limit is raised with it, so that the pod keeps its class of service.</remarks>
public sealed class SetResourcesAction : IAction
{
    private const string MemoryFactor = "memoryFactor";
    private const string MemoryMax = "memoryMax";

    /// <inheritdoc/>
    public string Name => "SetResources";

    /// <inheritdoc/>
    public string Description => "Raises a container's memory limit by a factor, and refuses above a maximum.";

    /// <inheritdoc/>
    public ImmutableArray<string> TargetKinds => Workloads.Kinds;

    /// <inheritdoc/>
    public ImmutableArray<ActionParameter> Parameters =>
    [
        new(ContainerChoice.ParameterName, "Name of the container; left out: the one that was killed for memory, or else the only one.", Default: "", static _ => null),
        new(MemoryFactor, "What the limit is multiplied by, above 1 and at most 10, such as 1.5.", Default: "1.5", FactorProblem),
        new(MemoryMax, "The highest limit that may be set, such as 1Gi.", Default: null, MaxProblem),
    ];

    /// <inheritdoc/>
    public ImmutableArray<RbacRule> Rules => Workloads.Rules("SetResources sets resources in the pod template");

    /// <inheritdoc/>
    public ActionResult Plan(ActionRequest request) => Workloads.PlanRollout(request, workload => Plan(workload, request));

    private static ActionResult Plan(WorkloadFacts workload, ActionRequest request)
    {
        string[] killed = [.. request.Situation.Pods.SelectMany(static p => p.Containers).Where(WasKilledForMemory).Select(static c => c.Name).Distinct()];
        string wanted = request.Parameters[ContainerChoice.ParameterName];
        ContainerChoice? choice = wanted.Length == 0 && killed.Length > 1 ? null
            : ContainerChoice.Find(workload, wanted.Length == 0 && killed.Length == 1 ? killed[0] : wanted);
        return choice is null ? ContainerChoice.Unknown(workload) : Plan(workload, choice, request.Parameters);
    }

    private static ActionResult Plan(WorkloadFacts workload, ContainerChoice choice, ImmutableSortedDictionary<string, string> parameters)
    {
        (string name, JsonNode container) = (choice.Name, choice.Json);
        string? limit = AmountOf(container, "limits");
        if (limit is null || !Quantity.TryParse(limit, out Quantity before))
        {
            return new ActionResult.Refused(ActionReasons.NoMemoryLimit, $"container {name} of {workload.Ref} has no memory limit to raise");
        }

        _ = Quantity.TryParse(parameters[MemoryMax], out Quantity max);
        Quantity after = before.Times(decimal.Parse(parameters[MemoryFactor], NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture));
        if (after > max)
        {
            return new ActionResult.Refused(
                ActionReasons.AboveMaximum, $"the memory limit of container {name} would go from {before} to {after}, above the maximum of {max}");
        }

        string? request = AmountOf(container, "requests");
        bool isGuaranteed = Quantity.TryParse(request, out Quantity requested) && requested.Value == before.Value;
        (string, string, string)[] changes = isGuaranteed
            ? [("limits", limit, after.ToString()), ("requests", request!, after.ToString())]
            : [("limits", limit, after.ToString())];
        return new ActionResult.Planned(
            $"raise the memory limit of container {name} of {workload.Ref} from {limit} to {after}{(isGuaranteed ? ", and its request with it" : "")}",
            [Patch(workload.Ref, choice, changes)],
            [Patch(workload.Ref, choice, [.. changes.Select(static c => (c.Item1, c.Item3, c.Item2))])],
            Workloads.PodsStoppedByRollout(workload), Irreversible: null);
    }

    // The tests make sure that the place in the list is still that container's and the amount is still the one that was planned on.
    private static Mutation Patch(TargetRef target, ContainerChoice container, (string Kind, string Before, string After)[] changes)
    {
        string path = container.Path;
        List<JsonObject> operations = [container.Test()];
        foreach ((string kind, string before, string after) in changes)
        {
            operations.Add(Workloads.Operation("test", $"{path}/resources/{kind}/memory", before));
            operations.Add(Workloads.Operation("replace", $"{path}/resources/{kind}/memory", after));
        }

        return Workloads.JsonPatch(target, [.. operations]);
    }

    private static bool WasKilledForMemory(ContainerFacts container) =>
        container.LastTermination is { Reason: "OOMKilled" } || container.State is ContainerState.Terminated { Reason: "OOMKilled" };

    private static string? AmountOf(JsonNode container, string kind) =>
        container["resources"]?[kind]?["memory"] is JsonValue value ? value.ToString() : null;

    private static string? FactorProblem(string value) =>
        decimal.TryParse(value, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out decimal factor) && factor is > 1 and <= 10
            ? null
            : "must be a number above 1 and at most 10, such as 1.5";

    private static string? MaxProblem(string value) =>
        Quantity.TryParse(value, out Quantity max) && max.Value >= 1 ? null : "must be an amount of memory, such as 512Mi or 1Gi";
}
