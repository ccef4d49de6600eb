using Firstline.Api.V1Alpha1;
using Firstline.Core.Facts;

namespace Firstline.Core.Lifecycle;

/// <summary>Says what stays changed when a request ends, for the people who take over.</summary>
internal static class LeftBehind
{
    /// <summary>The steps that were carried out and not undone, as the end of a sentence; empty when nothing stays.</summary>
    public static string Of(RemediationRequest request, RemediationRequestStatus status)
    {
        string[] left =
        [
            .. from step in request.Spec.Plan.Steps
               where RemediationLifecycle.RecordOf(status, step)?.State == StepState.Applied
               select $"{step.Name} ({step.Summary})",
        ];
        return left.Length == 0 ? "" : BoundedText.Shorten($"; what stays: {string.Join(", ", left)}", 512);
    }
}
