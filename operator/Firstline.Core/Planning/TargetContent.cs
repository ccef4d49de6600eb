using System.Text.Json.Nodes;
using Firstline.Api.V1Alpha1;
using Firstline.Core.Actions;

namespace Firstline.Core.Planning;

/// <summary>Adds to a plan what its target's spec was but for the replicas, so that an autoscaler may move those while the request waits.</summary>
public static class TargetContent
{
    /// <summary>True when the plan is about a workload that can be scaled, and leaves its replicas alone.</summary>
    public static bool IsWantedFor(RemediationPlan plan) => plan.Target.Kind is "Deployment" or "StatefulSet" && !Scaling.IsPlanned(plan);

    /// <summary>The spec with it; as it was when the target is another one or has changed since, which the gates then tell by its generation.</summary>
    /// <param name="spec">The spec of a request.</param>
    /// <param name="target">The plan's target as the API server sends it.</param>
    public static RemediationRequestSpec AddTo(RemediationRequestSpec spec, JsonNode target)
    {
        JsonNode? metadata = target["metadata"];
        if ((string?)metadata?["uid"] != spec.Plan.Target.Uid || (long?)metadata?["generation"] != spec.Plan.TargetGeneration)
        {
            return spec;
        }

        RemediationPlan plan = spec.Plan with { TargetContentHash = Scaling.HashOf(target) };
        return spec with { Plan = plan, PlanHash = PlanHash.Of(plan) };
    }
}
