using Firstline.Api.V1Alpha1;

namespace Firstline.Core.Facts;

/// <summary>Reads <see cref="AnnotationNames.Paused"/>, which people set as an annotation or as a label.</summary>
public static class PauseMark
{
    /// <summary>True when either carries it with any value but <c>false</c>: a value that nobody can read must not let a change through.</summary>
    public static bool IsSet(IReadOnlyDictionary<string, string>? annotations, IReadOnlyDictionary<string, string>? labels) => IsSet(annotations) || IsSet(labels);

    private static bool IsSet(IReadOnlyDictionary<string, string>? marks) => marks?.TryGetValue(AnnotationNames.Paused, out string? value) == true && value != "false";
}
