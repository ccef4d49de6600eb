using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Firstline.Api.V1Alpha1;
using Firstline.Core.Facts;

namespace Firstline.Core.Actions;

/// <summary>Sets an environment variable of a container and rolls it out. Reversible: the inverse restores the value seen while planning, or takes the variable away.</summary>
/// <remarks>A variable that is read from a ConfigMap or Secret is not overwritten. No sentence quotes values.</remarks>
public sealed partial class SetEnvAction : IAction
{
    private const string Variable = "name";
    private const string Value = "value";

    /// <inheritdoc/>
    public string Name => "SetEnv";

    /// <inheritdoc/>
    public string Description => "Sets an environment variable of a container of a workload.";

    /// <inheritdoc/>
    public ImmutableArray<string> TargetKinds => Workloads.Kinds;

    /// <inheritdoc/>
    public ImmutableArray<ActionParameter> Parameters =>
    [
        ContainerChoice.Parameter,
        new(Variable, "Name of the variable, such as LOG_LEVEL.", Default: null, NameProblem),
        new(Value, "Its value, at most 4096 characters; never a secret, as everybody can read it in the Runbook.", Default: null, ValueProblem),
    ];

    /// <inheritdoc/>
    public ImmutableArray<RbacRule> Rules => Workloads.Rules("SetEnv sets a variable in the pod template");

    /// <inheritdoc/>
    public ActionResult Plan(ActionRequest request) => Workloads.PlanRollout(request, workload => ContainerChoice.Find(workload, request) is { } container
        ? Plan(workload, container, request.Parameters[Variable], request.Parameters[Value])
        : ContainerChoice.Unknown(workload));

    private static ActionResult Plan(WorkloadFacts workload, ContainerChoice container, string name, string value)
    {
        JsonArray variables = container.Json["env"] as JsonArray ?? [];
        int index = variables.ToList().FindIndex(v => (string?)v?["name"] == name);
        if (index >= 0 && variables[index]!["valueFrom"] is not null)
        {
            return new ActionResult.Refused(
                ActionReasons.ReadFromElsewhere, $"variable {name} of container {container.Name} of {workload.Ref} is read from another object");
        }

        string? present = index < 0 ? null : (string?)variables[index]!["value"] ?? "";
        return present == value
            ? new ActionResult.Refused(ActionReasons.AlreadySet, $"variable {name} of container {container.Name} of {workload.Ref} has that value already")
            : new ActionResult.Planned(
                $"{(present is null ? "add" : "change")} variable {name} of container {container.Name} of {workload.Ref}",
                [Patch(workload, container, variables, name, value)], [Patch(workload, container, variables, name, value, undo: true)],
                Workloads.PodsStoppedByRollout(workload), Irreversible: null);
    }

    // The whole list is replaced by one that differs in one variable, so that change and inverse are exact; the test keeps it from covering up another change.
    private static Mutation Patch(WorkloadFacts workload, ContainerChoice container, JsonArray variables, string name, string value, bool undo = false)
    {
        string path = $"{container.Path}/env";
        JsonArray before = variables.DeepClone().AsArray();
        JsonArray after = With(variables, name, value);
        bool wasAbsent = container.Json["env"] is null;
        JsonObject change = undo && wasAbsent ? new() { ["op"] = "remove", ["path"] = path } : Workloads.Operation(wasAbsent ? "add" : "replace", path, undo ? before : after.DeepClone());
        return wasAbsent && !undo
            ? Workloads.JsonPatch(workload.Ref, container.Test(), change)
            : Workloads.JsonPatch(workload.Ref, container.Test(), Workloads.Operation("test", path, undo ? after : variables.DeepClone()), change);
    }

    private static JsonArray With(JsonArray variables, string name, string value)
    {
        JsonArray all = [.. variables.Select(static v => v?.DeepClone())];
        int index = all.ToList().FindIndex(v => (string?)v?["name"] == name);
        if (index < 0)
        {
            index = all.Count;
            all.Add((JsonNode)new JsonObject { ["name"] = name });
        }

        // The API server leaves an empty value out.
        JsonObject variable = all[index]!.AsObject();
        variable.Remove("value");
        if (value.Length > 0)
        {
            variable["value"] = value;
        }

        return all;
    }

    private static string? NameProblem(string value) =>
        value.Length <= 253 && Identifier().IsMatch(value) ? null : "must be the name of a variable, such as LOG_LEVEL";

    private static string? ValueProblem(string value) =>
        value.Length <= 4096 ? null : string.Create(CultureInfo.InvariantCulture, $"is {value.Length} characters long; at most 4096 are taken");

    [GeneratedRegex(@"^[A-Za-z_][A-Za-z0-9_.\-]*\z", RegexOptions.CultureInvariant)]
    private static partial Regex Identifier();
}
