using System.Text.Json.Nodes;
using Firstline.Api.V1Alpha1;

namespace Firstline.Core.Actions;

/// <summary>The plan of setting one boolean field of a spec; its inverse sets it back.</summary>
internal static class SpecSwitch
{
    /// <param name="target">The object, with its UID.</param>
    /// <param name="field">Name of the field in <c>spec</c>.</param>
    /// <param name="present">Its value now.</param>
    /// <param name="wanted">Its value wanted.</param>
    /// <param name="summary">What it means, in one sentence.</param>
    /// <param name="disruptedPods">Ready pods that it may stop at once.</param>
    public static ActionResult Plan(TargetRef target, string field, bool present, bool wanted, string summary, int disruptedPods)
    {
        if (present == wanted)
        {
            return new ActionResult.Refused(ActionReasons.AlreadySet, $"spec.{field} of {target} is {(wanted ? "true" : "false")} already");
        }

        Mutation Set(bool value) => Workloads.MergePatch(target, new JsonObject { ["spec"] = new JsonObject { [field] = value } });
        return new ActionResult.Planned(summary, [Set(wanted)], [Set(present)], disruptedPods, Irreversible: null);
    }
}
