using System.Collections.Immutable;
using Firstline.Core.Facts;

namespace Firstline.Core.Diagnosis.Rules;

/// <summary>A container cannot be made since its image wants another user than its securityContext allows.</summary>
/// <remarks>Basis 88: the kubelet says so.</remarks>
internal sealed class SecurityContextRule : IHypothesisRule
{
    // "container has runAsNonRoot and image will run as root", "... image has non-numeric user", "container's runAsUser breaks non-root policy".
    private static readonly ImmutableArray<string> Words = ["runAsNonRoot", "runAsUser", "non-root"];

    public string Name => "SecurityContext";

    public Expectation Expects(string cause) => new(
        "With a user that both image and securityContext allow, the container starts.",
        "The image's user is a number that the securityContext allows.");

    public ImmutableArray<HypothesisDraft> Judge(DiagnosisCase @case) =>
    [
        .. @case.FailuresBy(FailureSign.Creation).Where(static f => Words.Any(w => f.WaitingMessage.Contains(w, StringComparison.OrdinalIgnoreCase))).Take(1)
            .Select(f => Drafts.Of(
                @case, Causes.SecurityContext, @case.Subject, 88,
                $"container {f.Container.Name} of {@case.Subject} is not started, since its image does not fit its securityContext: {BoundedText.Of(f.WaitingMessage, 300)}",
                $"kubectl get {@case.KubectlName} -o yaml, and compare its securityContext with the user of image {f.Container.Image}", f.Topic)),
    ];
}
