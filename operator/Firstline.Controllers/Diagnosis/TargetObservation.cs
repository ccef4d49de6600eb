namespace Firstline.Controllers.Diagnosis;

/// <summary>What could be observed of the target.</summary>
/// <param name="IsObserved">False: of its kind at most the existence is known.</param>
/// <param name="WhyOutside">Why it is not looked at: it lies outside the incident's namespace; null when it does not.</param>
internal readonly record struct TargetObservation(bool IsObserved, string? WhyOutside);
