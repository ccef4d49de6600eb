using System.Collections.Immutable;

namespace Firstline.Kube.Config;

/// <summary>Several kubeconfigs as one, by kubectl's rule: the first file that says something about a name or a field wins.</summary>
internal sealed class MergedConfig(ImmutableArray<ConfigNode> files)
{
    /// <summary>The files of a <c>KUBECONFIG</c> value; those that do not exist are passed over, as kubectl does.</summary>
    public static MergedConfig OfList(string list)
    {
        string[] paths = list.Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        ImmutableArray<ConfigNode> files = [.. paths.Where(Path.Exists).Select(ConfigFile.Read)];
        return files.Length > 0
            ? new MergedConfig(files)
            : throw new KubeConfigException($"KUBECONFIG names {string.Join(" and ", paths)}, which does not exist: correct or unset it");
    }

    public string Source => string.Join(" + ", files.Select(f => f.Source));

    public string? CurrentContext => files.Select(f => f.Text("current-context")).FirstOrDefault(c => c is not null);

    public IEnumerable<string> Names(string list) => files.SelectMany(f => f.Maps(list)).Select(n => n.Required("name")).Distinct(StringComparer.Ordinal);

    /// <summary>The entry of a named list; null when no file has it.</summary>
    public ConfigNode? Entry(string list, string name) =>
        files.SelectMany(f => f.Maps(list)).FirstOrDefault(n => n.Text("name") == name);
}
