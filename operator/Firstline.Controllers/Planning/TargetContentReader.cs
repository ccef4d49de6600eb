using Firstline.Api.Meta;
using Firstline.Api.V1Alpha1;
using Firstline.Controllers.Observation;
using Firstline.Core.Planning;
using Firstline.Kube.Client;

namespace Firstline.Controllers.Planning;

/// <summary>Reads the target of a new plan for <see cref="TargetContent"/>: the caches hold no spec whole.</summary>
internal static class TargetContentReader
{
    /// <summary>The plan with the content of its target; without it where the target is gone or may not be read, and then any change of it counts.</summary>
    public static async Task<PlanningResult.Planned> CompleteAsync(IKubeClient client, string ns, PlanningResult.Planned planned, CancellationToken ct)
    {
        RemediationPlan plan = planned.Spec.Plan;
        if (!TargetContent.IsWantedFor(plan) || BuiltinTypes.Find(plan.Target.Kind) is not { } type)
        {
            return planned;
        }

        try
        {
            KubeResponse target = await client.GetAsync(type, new NamespacedName(plan.Target.Namespace ?? ns, plan.Target.Name), ct);
            return planned with { Spec = TargetContent.AddTo(planned.Spec, target.ReadTree()) };
        }
        catch (KubeException e) when (e.Kind is KubeErrorKind.NotFound or KubeErrorKind.Forbidden)
        {
            return planned;
        }
    }
}
