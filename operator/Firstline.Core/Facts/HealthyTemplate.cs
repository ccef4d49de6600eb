namespace Firstline.Core.Facts;

/// <summary>A pod template on which a workload was seen healthy without a break.</summary>
/// <param name="TemplateJson"><c>spec.template</c> as JSON text.</param>
/// <param name="Since">When it was seen so first.</param>
/// <param name="Until">When it was not so any more, or had another template.</param>
public sealed record HealthyTemplate(string TemplateJson, DateTimeOffset Since, DateTimeOffset Until);
