using System.Collections.Immutable;
using Firstline.Core.Facts;

namespace Firstline.Core.Diagnosis.Rules;

/// <summary>An image cannot be pulled; says why, as far as the registry did.</summary>
/// <remarks>Basis 75. +10 the registry's answer tells why. A rollout that brought the image stands beside it as its own hypothesis.</remarks>
internal sealed class ImagePullRule : IHypothesisRule
{
    private const string WrongPlatform = "it has no manifest for the platform (architecture) of the node";

    private static readonly ImmutableArray<(string Word, string Why)> Answers =
    [
        ("no match for platform", WrongPlatform),
        ("no matching manifest", WrongPlatform),
        ("toomanyrequests", "the registry limits the rate of pulls"),
        ("rate limit", "the registry limits the rate of pulls"),
        ("unauthorized", "the registry refuses the credentials"),
        ("authentication required", "the registry wants credentials"),
        ("denied", "the registry denies access, or there is no such repository"),
        ("forbidden", "the registry denies access"),
        ("not found", "there is no such image or tag"),
        ("manifest unknown", "there is no such image or tag"),
        ("does not exist", "there is no such image or tag"),
        ("no such host", "the registry's name cannot be resolved"),
        ("timeout", "the registry does not answer in time"),
        ("connection refused", "the registry does not answer"),
        ("pull policy of Never", "its pull policy is Never, and the node does not have it"),
        ("invalid reference", "its name is not valid"),
        ("couldn't parse image", "its name is not valid"),
    ];

    public string Name => "ImagePull";

    public Expectation Expects(string cause) => cause switch
    {
        Causes.UnsupportedArchitecture => new("On a node of an architecture that the image is built for, it starts.", "The image's list of platforms names that of the node."),
        _ => new("With a name, tag or pull secret that the registry accepts, the container starts.", "The same image is pulled on the same node with the same credentials."),
    };

    public ImmutableArray<HypothesisDraft> Judge(DiagnosisCase @case) =>
    [
        .. @case.FailuresBy(FailureSign.ImagePull)
            .GroupBy(static f => f.Container.Image)
            .OrderBy(static g => g.Key, StringComparer.Ordinal)
            .Take(3)
            .Select(g => Draft(@case, g.Key, [.. g])),
    ];

    private static string PullSecret(DiagnosisCase @case) =>
        @case.Situation.Events.FirstOrDefault(static e => e.Reason == "FailedToRetrieveImagePullSecret") is { } said ? $"; {BoundedText.Of(said.Message, 200)}" : "";

    private static string Quoted(FailingContainer failure) => failure.WaitingMessage is { Length: > 0 } message ? $" ({BoundedText.Of(message, 300)})" : "";

    private static HypothesisDraft Draft(DiagnosisCase @case, string image, ImmutableArray<FailingContainer> failures)
    {
        IEnumerable<string> told = @case.Situation.Events.Where(static e => e.Reason == "Failed").Select(static e => e.Message);
        string said = string.Join(' ', failures.Select(static f => f.WaitingMessage).Concat(told));
        string? why = Answers.FirstOrDefault(a => said.Contains(a.Word, StringComparison.OrdinalIgnoreCase)).Why;
        return new()
        {
            Cause = why == WrongPlatform ? Causes.UnsupportedArchitecture : Causes.ImagePullError,
            Statement = $"image {image} of {@case.Subject} cannot be pulled{(why is null ? "" : $": {why}")}{PullSecret(@case)}{Quoted(failures[0])}",
            Resource = @case.Subject,
            Confidence = Confidence.Of(75, (why is not null, 10)),
            For = @case.Evidence.Cite([.. failures.Select(static f => f.Topic), "event/Failed", "event/FailedToRetrieveImagePullSecret"]),
            NextStep = $"kubectl describe pod {failures[0].Pod.Ref.Name}{@case.NamespaceFlag}, and check the image's name, tag and pull secret",
        };
    }
}
