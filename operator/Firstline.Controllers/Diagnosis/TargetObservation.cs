namespace Firstline.Controllers.Diagnosis;

/// <summary>What could be observed of the target.</summary>
/// <param name="IsObserved">False: of its kind at most the existence is known.</param>
/// <param name="WhyOutside">Why it is not looked at: it lies outside the incident's namespace; null when it does not.</param>
/// <param name="Unlisted">Objects of its kind, which the operator may not list, so that not even the existence is known; null when it may.</param>
internal readonly record struct TargetObservation(bool IsObserved, string? WhyOutside, string? Unlisted);
