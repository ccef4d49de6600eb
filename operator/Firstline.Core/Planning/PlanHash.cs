using System.Text.Json;
using Firstline.Api.V1Alpha1;
using Firstline.Core.Actions;

namespace Firstline.Core.Planning;

/// <summary>Names the content of a plan; an approval is for one hash.</summary>
public static class PlanHash
{
    /// <summary>SHA-256 of the plan's canonical JSON, 64 hexadecimal digits.</summary>
    public static string Of(RemediationPlan plan) =>
        CanonicalJson.Hash(JsonSerializer.SerializeToNode(plan, FirstlineJson.Of<RemediationPlan>()));
}
