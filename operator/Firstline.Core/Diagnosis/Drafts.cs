using Firstline.Api.V1Alpha1;

namespace Firstline.Core.Diagnosis;

/// <summary>Makes the drafts of rules that judge what objects state by themselves.</summary>
internal static class Drafts
{
    /// <summary>A draft that cites the incident's signals and what is on the topics.</summary>
    /// <param name="case">The case.</param>
    /// <param name="cause">Label of the taxonomy.</param>
    /// <param name="resource">The object at fault.</param>
    /// <param name="percent">Confidence.</param>
    /// <param name="statement">What may be the cause.</param>
    /// <param name="nextStep">What to look at or type next.</param>
    /// <param name="topics">Topics of evidence beside the signals.</param>
    public static HypothesisDraft Of(
        DiagnosisCase @case, string cause, TargetRef resource, int percent, string statement, string nextStep, params ReadOnlySpan<string> topics) => new()
        {
            Cause = cause,
            Statement = statement,
            Resource = resource,
            Confidence = Confidence.Of(percent),
            For = @case.Evidence.Cite(["signal", .. topics]),
            NextStep = nextStep,
        };
}
