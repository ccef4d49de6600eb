using System.Runtime.CompilerServices;
using System.Text.Json;
using Firstline.Api.V1Alpha1;
using Firstline.Core.Actions;

namespace Firstline.Core.Planning;

/// <summary>Names the content of a plan; an approval is for one hash.</summary>
public static class PlanHash
{
    // A plan that was read is never changed, and each look at its request asks for its hash.
    private static readonly ConditionalWeakTable<RemediationPlan, string> Known = [];

    /// <summary>SHA-256 of the plan's canonical JSON, 64 hexadecimal digits.</summary>
    public static string Of(RemediationPlan plan) => Known.GetValue(plan, static p => CanonicalJson.Hash(JsonSerializer.SerializeToNode(p, FirstlineJson.Of<RemediationPlan>())));
}
