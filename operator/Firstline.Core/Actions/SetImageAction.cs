using System.Collections.Immutable;
using System.Text.RegularExpressions;
using Firstline.Api.V1Alpha1;
using Firstline.Core.Facts;

namespace Firstline.Core.Actions;

/// <summary>Sets the image of a container and rolls it out. Reversible: the inverse restores the image seen while planning.</summary>
public sealed partial class SetImageAction : IAction
{
    private const string Image = "image";

    /// <inheritdoc/>
    public string Name => "SetImage";

    /// <inheritdoc/>
    public string Description => "Sets the image of a container of a workload.";

    /// <inheritdoc/>
    public ImmutableArray<string> TargetKinds => Workloads.Kinds;

    /// <inheritdoc/>
    public ImmutableArray<ActionParameter> Parameters =>
    [
        ContainerChoice.Parameter,
        new(Image, "The image, with its tag or digest, such as registry.example/web:1.2.", Default: null, Problem),
    ];

    /// <inheritdoc/>
    public ImmutableArray<RbacRule> Rules => Workloads.Rules("SetImage sets an image in the pod template");

    /// <inheritdoc/>
    public ActionResult Plan(ActionRequest request) => Workloads.PlanRollout(request, workload =>
        ContainerChoice.Find(workload, request) is { } container ? Plan(workload, container, request.Parameters[Image]) : ContainerChoice.Unknown(workload));

    private static ActionResult Plan(WorkloadFacts workload, ContainerChoice container, string wanted)
    {
        string present = (string?)container.Json[Image] ?? "";
        if (present == wanted)
        {
            return new ActionResult.Refused(ActionReasons.AlreadySet, $"container {container.Name} of {workload.Ref} has image {wanted} already");
        }

        Mutation Set(string from, string to) => Workloads.JsonPatch(
            workload.Ref, container.Test(), Workloads.Operation("test", $"{container.Path}/{Image}", from), Workloads.Operation("replace", $"{container.Path}/{Image}", to));
        return new ActionResult.Planned(
            $"set the image of container {container.Name} of {workload.Ref} from {present} to {wanted}",
            [Set(present, wanted)], [Set(wanted, present)], Workloads.PodsStoppedByRollout(workload), Irreversible: null);
    }

    private static string? Problem(string value) =>
        value.Length <= 512 && Reference().IsMatch(value) ? null : "must be an image with a tag or digest, such as registry.example/web:1.2";

    // Without a tag it would be "latest", which names no version.
    [GeneratedRegex(@"^[a-z0-9][a-z0-9._\-/]*(:[0-9]+/[a-z0-9._\-/]+)?(:[\w][\w.\-]{0,127}(@sha256:[0-9a-f]{64})?|@sha256:[0-9a-f]{64})\z", RegexOptions.CultureInvariant)]
    private static partial Regex Reference();
}
