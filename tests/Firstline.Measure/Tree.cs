using System.Collections.Immutable;

namespace Firstline.Measure;

/// <summary>The source tree, in the parts that the measures look at.</summary>
internal sealed class Tree(ImmutableArray<SourceFile> files)
{
    public ImmutableArray<SourceFile> Product { get; } = [.. files.Where(file => !file.IsTest)];

    public ImmutableArray<SourceFile> Tests { get; } = [.. files.Where(file => file.IsTest)];

    public ImmutableArray<Method> Methods { get; } = [.. files.Where(file => !file.IsTest).SelectMany(Method.Of)];

    /// <summary>Product files of the named projects.</summary>
    public IEnumerable<SourceFile> In(params string[] projects) => Product.Where(file => projects.Contains(file.Project));

    /// <summary>Share of lines, in percent, that lie in files of which <paramref name="counts"/> is true; 100 when there are none at all.</summary>
    public static int Percent(IEnumerable<SourceFile> files, Func<SourceFile, bool> counts)
    {
        SourceFile[] all = [.. files];
        int lines = all.Sum(file => file.Lines);
        return lines == 0 ? 100 : all.Where(counts).Sum(file => file.Lines) * 100 / lines;
    }
}
