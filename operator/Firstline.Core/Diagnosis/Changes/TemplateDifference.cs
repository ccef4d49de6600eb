namespace Firstline.Core.Diagnosis.Changes;

/// <summary>One difference between two pod templates.</summary>
/// <param name="Aspect">Which part.</param>
/// <param name="Summary">What, in a few words; values only of images, commands and resources, never of environment variables.</param>
internal sealed record TemplateDifference(TemplateAspect Aspect, string Summary);
