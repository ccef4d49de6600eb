using System.Collections.Immutable;
using System.Text.Json.Nodes;
using Firstline.Api.V1Alpha1;
using Firstline.Core.Facts;

namespace Firstline.Core.Actions;

/// <summary>Raises or lowers a container's memory and cpu by factors, within a maximum and a minimum. Reversible: the inverse restores the amounts seen while planning.</summary>
/// <remarks>A request that equals its limit goes along with it, so that the pod keeps its class of service.</remarks>
public sealed class SetResourcesAction : IAction
{
    private const string Of = "of";

    /// <inheritdoc/>
    public string Name => "SetResources";

    /// <inheritdoc/>
    public string Description => "Multiplies a container's memory or cpu, limits or requests, and refuses above a maximum and below a minimum.";

    /// <inheritdoc/>
    public ImmutableArray<string> TargetKinds => Workloads.Kinds;

    /// <inheritdoc/>
    public ImmutableArray<ActionParameter> Parameters =>
    [
        new(ContainerChoice.ParameterName, "Name of the container; left out: the one that was killed for memory, or else the only one.", Default: "", static _ => null),
        new(Of, "What is changed: limits, and each request that equals its limit with it; or requests alone, up to their limits.", "limits", static value => value is "limits" or "requests" ? null : "must be limits or requests"),
        .. ResourceChange.Memory.Parameters,
        .. ResourceChange.Cpu.Parameters,
    ];

    /// <inheritdoc/>
    public ImmutableArray<RbacRule> Rules => Workloads.Rules("SetResources sets resources in the pod template");

    /// <inheritdoc/>
    public string? Problem(ImmutableSortedDictionary<string, string> parameters) =>
        !ResourceChange.All.Any(r => r.IsWanted(parameters)) ? "give memoryMax or memoryMin, or cpuMax or cpuMin: without a bound an amount is left alone"
        : ResourceChange.All.Where(r => r.IsWanted(parameters)).Select(r => r.Problem(parameters)).FirstOrDefault(static p => p is not null);

    /// <inheritdoc/>
    public ActionResult Plan(ActionRequest request) => Workloads.PlanRollout(request, workload => Plan(workload, request));

    private static ActionResult Plan(WorkloadFacts workload, ActionRequest request)
    {
        string[] killed = ResourceChange.Memory.IsWanted(request.Parameters)
            ? [.. request.Situation.Pods.SelectMany(static p => p.Containers).Where(WasKilledForMemory).Select(static c => c.Name).Distinct()]
            : [];
        string wanted = request.Parameters[ContainerChoice.ParameterName];
        ContainerChoice? choice = wanted.Length == 0 && killed.Length > 1 ? null
            : ContainerChoice.Find(workload, wanted.Length == 0 && killed.Length == 1 ? killed[0] : wanted);
        return choice is null ? ContainerChoice.Unknown(workload) : Plan(workload, choice, request.Parameters);
    }

    private static ActionResult Plan(WorkloadFacts workload, ContainerChoice choice, ImmutableSortedDictionary<string, string> parameters)
    {
        string owner = $"container {choice.Name} of {workload.Ref}";
        List<AmountChange> changes = [];
        foreach (ResourceChange resource in ResourceChange.All.Where(r => r.IsWanted(parameters)))
        {
            (ImmutableArray<AmountChange> planned, ActionResult.Refused? refused) = resource.Plan(choice.Json, owner, parameters[Of], parameters);
            if (refused is not null)
            {
                return refused;
            }

            changes.AddRange(planned);
        }

        return new ActionResult.Planned(
            string.Join("; ", changes.Where(static c => c.Text.Length > 0).Select(static c => c.Text)),
            [Patch(workload.Ref, choice, changes)], [Patch(workload.Ref, choice, changes.Select(static c => c.Inverse))],
            Workloads.PodsStoppedByRollout(workload), Irreversible: null);
    }

    // The tests make sure that the place in the list is still that container's and the amount is still the one that was planned on.
    private static Mutation Patch(TargetRef target, ContainerChoice container, IEnumerable<AmountChange> changes)
    {
        List<JsonObject> operations = [container.Test()];
        foreach (AmountChange change in changes)
        {
            string path = $"{container.Path}/resources/{change.Kind}/{change.Resource}";
            operations.Add(Workloads.Operation("test", path, change.Before));
            operations.Add(Workloads.Operation("replace", path, change.After));
        }

        return Workloads.JsonPatch(target, [.. operations]);
    }

    private static bool WasKilledForMemory(ContainerFacts container) =>
        container.LastTermination is { Reason: "OOMKilled" } || container.State is ContainerState.Terminated { Reason: "OOMKilled" };
}
