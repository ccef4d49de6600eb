using System.Collections.Immutable;
using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace Firstline.Measure;

/// <summary>A source file that people wrote.</summary>
/// <param name="Project">Name of its project, such as <c>Firstline.Core</c>.</param>
/// <param name="IsTest">Whether it lies below <c>tests/</c>.</param>
/// <param name="Text">Its content.</param>
/// <param name="Root">Its syntax.</param>
internal sealed record SourceFile(string Project, bool IsTest, string Text, SyntaxNode Root)
{
    /// <summary>Lines that are not blank.</summary>
    public int Lines { get; } = Text.Split('\n').Count(line => !string.IsNullOrWhiteSpace(line));

    /// <summary>All files of the product and of its tests; this tool is neither.</summary>
    public static ImmutableArray<SourceFile> All(string repository) => [.. Below(repository, "operator", isTest: false), .. Below(repository, "tests", isTest: true)];

    /// <summary>Nodes of one kind.</summary>
    public IEnumerable<T> Nodes<T>() where T : SyntaxNode => Root.DescendantNodes().OfType<T>();

    /// <summary>How often the text matches.</summary>
    public int Count(Regex pattern) => pattern.Count(Text);

    private static IEnumerable<SourceFile> Below(string repository, string folder, bool isTest)
    {
        string root = Path.Combine(repository, folder);
        return Directory.EnumerateFiles(root, "*.cs", SearchOption.AllDirectories)
            .Select(path => Path.GetRelativePath(root, path).Split(Path.DirectorySeparatorChar))
            .Where(parts => parts[0] != "Firstline.Measure" && !parts.Contains("obj") && !parts.Contains("bin"))
            .OrderBy(parts => string.Join('/', parts), StringComparer.Ordinal)
            .Select(parts => (Project: parts[0], Text: File.ReadAllText(Path.Combine([root, .. parts]))))
            .Select(file => new SourceFile(file.Project, isTest, file.Text, CSharpSyntaxTree.ParseText(file.Text).GetRoot()));
    }
}
