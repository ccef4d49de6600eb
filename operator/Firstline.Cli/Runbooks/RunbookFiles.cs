using System.Collections.Immutable;

namespace Firstline.Cli.Runbooks;

/// <summary>Finds the files that a command was told to look at.</summary>
internal static class RunbookFiles
{
    /// <summary>The files, and the YAML files below the folders, each once, in the order given.</summary>
    /// <exception cref="CommandException">One does not exist, or a folder holds no YAML.</exception>
    public static ImmutableArray<string> Find(IEnumerable<string> paths) => [.. paths.SelectMany(FindOne).Distinct(StringComparer.Ordinal)];

    /// <exception cref="CommandException">It cannot be read.</exception>
    public static string Read(string file)
    {
        try
        {
            return File.ReadAllText(file);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new CommandException($"{file} cannot be read: {e.Message}", e);
        }
    }

    private static IEnumerable<string> FindOne(string path)
    {
        if (!Directory.Exists(path))
        {
            return File.Exists(path) ? [path] : throw new CommandException($"there is no file or folder {path}");
        }

        string[] files = [.. Directory.EnumerateFiles(path, "*", SearchOption.AllDirectories).Where(IsYaml).Order(StringComparer.Ordinal)];
        return files.Length > 0 ? files : throw new CommandException($"there is no YAML file in {path}");
    }

    private static bool IsYaml(string file) => Path.GetExtension(file) is ".yaml" or ".yml";
}
