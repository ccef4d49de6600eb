namespace Firstline.Core.Facts;

/// <summary>A pod template on which a workload was seen healthy without a break.</summary>
/// <param name="Template"><c>spec.template</c> as JSON text, as it is kept.</param>
/// <param name="Since">When it was seen so first.</param>
/// <param name="Until">When it was not so any more, or had another template.</param>
public sealed record HealthyTemplate(PackedText Template, DateTimeOffset Since, DateTimeOffset Until)
{
    /// <summary>The template as text; unpacked each time, so ask once.</summary>
    public string TemplateJson => Template.Text;
}
