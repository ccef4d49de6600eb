using YamlDotNet.RepresentationModel;

namespace Firstline.Kube.Config;

/// <summary>A mapping in a kubeconfig that knows where it stands, so that errors can say so.</summary>
internal sealed class ConfigNode(string file, string place, YamlMappingNode node)
{
    /// <summary>As messages name it: <c>the kubeconfig /home/a/.kube/config</c>.</summary>
    public string Source => $"the kubeconfig {file}";

    /// <summary>Path of the kubeconfig.</summary>
    public string File => file;

    /// <summary>Folder that relative paths start from.</summary>
    public string Folder => Path.GetDirectoryName(Path.GetFullPath(file)) ?? ".";

    public bool Has(string name) => node.Children.TryGetValue(new YamlScalarNode(name), out YamlNode? value) && !IsNull(value);

    /// <summary>The text of a field; null when it is missing or empty.</summary>
    public string? Text(string name)
    {
        if (!node.Children.TryGetValue(new YamlScalarNode(name), out YamlNode? value) || IsNull(value))
        {
            return null;
        }

        return value is YamlScalarNode { Value: var text } ? (text is { Length: > 0 } ? text : null) : throw Wrong(name, "must be a text");
    }

    public string Required(string name) => Text(name) ?? throw Wrong(name, "is missing: add it");

    public bool Flag(string name) => Text(name) switch
    {
        null or "false" => false,
        "true" => true,
        _ => throw Wrong(name, "must be true or false"),
    };

    /// <summary>A file's full path; relative ones start at the kubeconfig's own folder.</summary>
    public string? PathOf(string name) => Text(name) is { } path ? Path.Combine(Folder, path) : null;

    public ConfigNode? Map(string name)
    {
        if (!Has(name))
        {
            return null;
        }

        return node.Children[new YamlScalarNode(name)] is YamlMappingNode map
            ? new ConfigNode(file, $"{place}{name}.", map)
            : throw Wrong(name, "must be a mapping");
    }

    public IEnumerable<ConfigNode> Maps(string name)
    {
        int index = 0;
        foreach (YamlNode item in Sequence(name))
        {
            YamlMappingNode map = item as YamlMappingNode ?? throw Wrong($"{name}[{index}]", "must be a mapping");
            string label = map.Children.TryGetValue(new YamlScalarNode("name"), out YamlNode? own) && own is YamlScalarNode { Value: { } text } ? text : $"{index}";
            yield return new ConfigNode(file, $"{place}{name}[{label}].", map);
            index++;
        }
    }

    public IEnumerable<string> Texts(string name) =>
        Sequence(name).Select(item => item is YamlScalarNode { Value: var text } ? text ?? "" : throw Wrong(name, "must be a list of texts"));

    /// <summary>An error about a field: which file, which field, what is wrong. Never its value.</summary>
    public KubeConfigException Wrong(string name, string problem, Exception? inner = null) => new($"{Source}: {place}{name} {problem}", inner);

    private IEnumerable<YamlNode> Sequence(string name)
    {
        if (!Has(name))
        {
            return [];
        }

        return node.Children[new YamlScalarNode(name)] as YamlSequenceNode ?? throw Wrong(name, "must be a list");
    }

    private static bool IsNull(YamlNode value) => value is YamlScalarNode { Style: YamlDotNet.Core.ScalarStyle.Plain, Value: null or "" or "~" or "null" };
}
