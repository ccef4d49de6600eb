using System.Collections.Immutable;
using System.Globalization;
using System.Reflection;
using System.Text;
using Firstline.Core.Detection;
using Firstline.Generate.Output;
using Firstline.Generate.Schemas;

namespace Firstline.Generate.Reference;

/// <summary>Writes what each detector finds, what it leaves alone, and how long it waits.</summary>
internal static class DetectorsPage
{
    /// <summary>The page.</summary>
    /// <exception cref="GenerateException">A detector or one of its limits lacks its summary.</exception>
    public static GeneratedFile File(ImmutableArray<IDetector> detectors, ApiDocumentation documentation)
    {
        StringBuilder page = new();
        page.Append("# Detectors\n\nWritten by `make generate` from the code. What a detector finds is a signal of its name in `status.signals` of an Incident; it fires while it holds, and at once\n");
        page.Append("where no limit is given. What it may mean is a hypothesis, with one of the [causes](causes.md).\n");
        foreach (IDetector detector in detectors)
        {
            Append(page, detector, documentation);
        }

        return new("docs/detectors.md", page.ToString());
    }

    private static void Append(StringBuilder page, IDetector detector, ApiDocumentation documentation)
    {
        string remarks = documentation.Remarks(detector.GetType());
        page.Append($"\n## {detector.Name}\n\n{documentation.Describe(detector.GetType())}{(remarks.Length > 0 ? $" {remarks}" : "")}\n");
        ImmutableArray<FieldInfo> limits = [.. detector.GetType().GetFields(BindingFlags.Public | BindingFlags.Static)];
        if (!limits.IsEmpty)
        {
            page.Append('\n').AppendHead("limit", "value", "of what");
        }

        foreach (FieldInfo limit in limits)
        {
            page.AppendRow(limit.Name, Text(limit.GetValue(null)!), documentation.Summary(limit));
        }
    }

    private static string Text(object limit) => limit switch
    {
        TimeSpan { TotalHours: >= 1 } time => string.Create(CultureInfo.InvariantCulture, $"{time.TotalHours:0.#} h"),
        TimeSpan { TotalMinutes: >= 1 } time => string.Create(CultureInfo.InvariantCulture, $"{time.TotalMinutes:0.#} min"),
        TimeSpan time => string.Create(CultureInfo.InvariantCulture, $"{time.TotalSeconds:0} s"),
        _ => Convert.ToString(limit, CultureInfo.InvariantCulture)!,
    };
}
