using System.Globalization;

namespace Firstline.Core.Diagnosis;

/// <summary>Lines of a log that differ in times, ids and numbers alone.</summary>
/// <param name="Line">The last of them, shortened, without secrets.</param>
/// <param name="Count">How many there are.</param>
internal sealed record LogGroup(string Line, int Count)
{
    /// <summary>The line, and how often it came.</summary>
    public override string ToString() => Count == 1 ? Line : string.Create(CultureInfo.InvariantCulture, $"{Line} ({Count} times)");
}
