using System.Globalization;
using YamlDotNet.RepresentationModel;

namespace Firstline.Cli.Yaml;

/// <summary>Finds the place that a path such as <c>spec.steps[undo].action</c> or <c>spec.steps[0].action</c> names.</summary>
internal static class YamlPath
{
    /// <summary>The node of the path, or the deepest one of its parents that is there.</summary>
    public static YamlNode Nearest(YamlMappingNode root, string path)
    {
        YamlNode node = root;
        foreach (string segment in path.Replace("[", ".[", StringComparison.Ordinal).Split('.'))
        {
            if (Child(node, segment) is not { } child)
            {
                return node;
            }

            node = child;
        }

        return node;
    }

    private static YamlNode? Child(YamlNode node, string segment) => node switch
    {
        YamlMappingNode mapping => mapping.Children.FirstOrDefault(pair => ((YamlScalarNode)pair.Key).Value == segment).Value,
        YamlSequenceNode sequence when segment is ['[', .. string item, ']'] => Item(sequence, item),
        _ => null,
    };

    // A list is named by position, or by the name of its item as in the API's list maps.
    private static YamlNode? Item(YamlSequenceNode sequence, string item) =>
        int.TryParse(item, NumberStyles.None, CultureInfo.InvariantCulture, out int index)
            ? sequence.Children.ElementAtOrDefault(index)
            : sequence.Children.OfType<YamlMappingNode>().FirstOrDefault(m => Child(m, "name") is YamlScalarNode name && name.Value == item);
}
