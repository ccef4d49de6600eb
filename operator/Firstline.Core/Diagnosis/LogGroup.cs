using System.Globalization;

namespace Firstline.Core.Diagnosis;

/// <summary>Lines of a log that differ in times, ids and numbers alone.</summary>
/// <param name="Line">The last of them, shortened, without secrets.</param>
/// <param name="Count">How many there are.</param>
/// <param name="At">Where in the log that line stands, from 0.</param>
internal sealed record LogGroup(string Line, int Count, int At)
{
    /// <summary>The line, and how often it came.</summary>
    public override string ToString() => Count == 1 ? Line : string.Create(CultureInfo.InvariantCulture, $"{Line} ({Count} times)");
}
