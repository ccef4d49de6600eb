using Firstline.Api.Meta;
using Firstline.Api.V1Alpha1;
using Firstline.Core.Facts;

namespace Firstline.Core.Lifecycle;

/// <summary>What a request says when the API server refuses its status: custom resource definitions of another version, or an object that is too large.</summary>
public static class RefusedStatus
{
    /// <summary>
    /// The status that is stored, and the refusal: it fits, since the rest of it fitted before. Steps and approvals stay as they are, so that whoever goes on finds out
    /// what was sent.
    /// </summary>
    /// <param name="request">The request as it is stored.</param>
    /// <param name="refusal">What the API server said.</param>
    /// <param name="now">The time of the report.</param>
    public static RemediationRequestStatus Of(RemediationRequest request, string refusal, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(request);
        RemediationRequestStatus stored = request.Status ?? new();
        ConditionList list = new(stored.Conditions, request.Metadata.Generation, now);
        foreach (Condition condition in stored.Conditions.Where(static c => c.Type is not (ConditionTypes.Stalled or ConditionTypes.Reconciling)))
        {
            list.Keep(condition.Type);
        }

        list.Set(ConditionTypes.Stalled, ConditionStatus.True, Reasons.StatusRefused, BoundedText.Shorten(refusal, 512));
        return stored with { Conditions = list.ToImmutable(), NextStep = NextStepText.StatusRefused };
    }

    /// <summary>Why the request can't be followed; null while its status is stored as it should be.</summary>
    public static string? WhyOf(RemediationRequest request) =>
        request.Status?.Conditions.FirstOrDefault(static c => c is { Type: ConditionTypes.Stalled, Status: ConditionStatus.True, Reason: Reasons.StatusRefused })?.Message;
}
