using System.Collections.Immutable;

namespace Firstline.Generate.Output;

/// <summary>The folder that generated files live in.</summary>
internal sealed class Repository(string root)
{
    /// <summary>Writes the files that are not as they should be.</summary>
    /// <returns>Paths of the files that were written.</returns>
    public ImmutableArray<string> Write(IEnumerable<GeneratedFile> files)
    {
        ImmutableArray<GeneratedFile> stale = [.. files.Where(file => Read(file.Path) != file.Content)];
        foreach (GeneratedFile file in stale)
        {
            Directory.CreateDirectory(Path.GetDirectoryName(FullPath(file.Path))!);
            File.WriteAllText(FullPath(file.Path), file.Content);
        }

        return [.. stale.Select(file => file.Path)];
    }

    /// <summary>One sentence per file that differs from the code, or that the code no longer makes.</summary>
    public ImmutableArray<string> Differences(ImmutableArray<GeneratedFile> files) =>
    [
        .. files.Where(file => Read(file.Path) != file.Content).Select(file => Difference(file.Path)),
        .. Orphans(files).Select(path => $"{path} is not made from the code any more: delete it"),
    ];

    private string Difference(string path) => Read(path) is null
        ? $"{path} is missing: run make generate"
        : $"{path} differs from the code: run make generate";

    // Only crds/ holds nothing but generated files.
    private IEnumerable<string> Orphans(ImmutableArray<GeneratedFile> files) => !Directory.Exists(FullPath("crds")) ? [] :
        Directory.EnumerateFiles(FullPath("crds")).Select(path => $"crds/{Path.GetFileName(path)}")
            .Where(path => files.All(file => file.Path != path)).Order(StringComparer.Ordinal);

    private string? Read(string path) => File.Exists(FullPath(path)) ? File.ReadAllText(FullPath(path)).Replace("\r\n", "\n", StringComparison.Ordinal) : null;

    private string FullPath(string path) => Path.Combine(root, path);
}
