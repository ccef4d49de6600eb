using Firstline.Api.V1Alpha1;
using Firstline.Core.Facts;

namespace Firstline.Core.Gates;

/// <summary>Reads <see cref="AnnotationNames.Resolved"/>, by which a human closes an incident.</summary>
public static class ClosedByHand
{
    private const int MaxLength = 512;

    /// <summary>Why a human takes the incident for resolved, bounded and on one line; null when nobody does. An empty value says nothing and closes nothing.</summary>
    public static string? WhyOf(Incident incident) =>
        incident.Metadata.Annotations.TryGetValue(AnnotationNames.Resolved, out string? why) && !string.IsNullOrWhiteSpace(why)
            ? BoundedText.Of(why.Trim(), MaxLength)
            : null;
}
