using System.Globalization;
using System.Text.Json.Nodes;
using Firstline.Core.Facts;

namespace Firstline.Core.Actions;

/// <summary>The app container of a pod template that an action changes.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Path">JSON pointer to it in the workload.</param>
/// <param name="Json">The container.</param>
internal sealed record ContainerChoice(string Name, string Path, JsonNode Json)
{
    /// <summary>Name of the parameter.</summary>
    public const string ParameterName = "container";

    /// <summary>The parameter by which a runbook names the container.</summary>
    public static ActionParameter Parameter { get; } =
        new(ParameterName, "Name of the container; left out: the only one.", Default: "", static _ => null);

    /// <summary>The container that the parameter names, or the only one; null when that leaves it open.</summary>
    public static ContainerChoice? Find(WorkloadFacts workload, ActionRequest request) => Find(workload, request.Parameters[ParameterName]);

    /// <summary>The container of that name; for an empty name the only one; null when there is none.</summary>
    public static ContainerChoice? Find(WorkloadFacts workload, string name)
    {
        JsonArray containers = PodTemplate.Containers(workload.TemplateJson);
        int index = name.Length > 0 ? containers.ToList().FindIndex(c => (string?)c?["name"] == name) : containers.Count == 1 ? 0 : -1;
        return index < 0 || containers[index] is not { } json
            ? null
            : new((string?)json["name"] ?? "", string.Create(CultureInfo.InvariantCulture, $"/spec/template/spec/containers/{index}"), json);
    }

    public static ActionResult.Refused Unknown(WorkloadFacts workload) => new(
        ActionReasons.ContainerUnknown, $"it is not clear which container of {workload.Ref} is meant; name it in parameter {ParameterName}");

    /// <summary>Makes sure, when it is sent, that the place in the list is still that container's.</summary>
    public JsonObject Test() => Workloads.Operation("test", $"{Path}/name", Name);
}
