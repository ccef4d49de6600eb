using System.Collections.Immutable;
using System.Text.RegularExpressions;
using Firstline.Core.Planning;
using Firstline.Core.Signals;
using Firstline.Host.Configuration;
using YamlDotNet.RepresentationModel;

namespace Firstline.Host.Signals;

/// <summary>The fields of one section of a YAML file; what is not as it should be is reported with its place, and reads as if it were not there.</summary>
internal sealed class YamlFields
{
    private readonly YamlNode _node;
    private readonly ImmutableArray<ConfigurationProblem>.Builder _problems;
    private readonly Dictionary<string, YamlNode> _fields = new(StringComparer.Ordinal);

    public YamlFields(YamlNode node, string what, ImmutableArray<ConfigurationProblem>.Builder problems, params ImmutableArray<string> known)
    {
        (_node, _problems) = (node, problems);
        if (node is not YamlMappingNode section)
        {
            Report(node, $"{what} is a section: write its fields as field: value");
            return;
        }

        foreach ((YamlNode key, YamlNode value) in section.Children)
        {
            string name = TextOf(key) ?? "";
            if (!known.Contains(name))
            {
                Report(key, $"unknown field \"{name}\" of {what}, did you mean \"{NearestName.Of(name, known)}\"?");
            }
            else if (value is not YamlScalarNode { Value: "" or "null" or "~" })
            {
                _fields[name] = value;   // an empty section is a section: people comment out its fields
            }
        }
    }

    /// <summary>The text of a node; null when it is none, or empty.</summary>
    public static string? TextOf(YamlNode node) => node is YamlScalarNode { Value.Length: > 0 } text ? text.Value : null;

    public YamlNode? Node(string field) => _fields.GetValueOrDefault(field);

    public bool IsMap(string field) => Node(field) is YamlMappingNode;

    /// <summary>The text of a field; reports one that does not have the form.</summary>
    public string? Text(string field, Regex? form = null, string allowed = "")
    {
        string? text = Node(field) is { } node ? TextIn(field, node) : null;
        if (text is not null && form?.IsMatch(text) == false)
        {
            Report(Node(field)!, $"{field} cannot be '{text}': {allowed}");
            return null;
        }

        return text;
    }

    /// <summary>A text to take from an event.</summary>
    public EventText? Event(string field) => Node(field) is { } node ? EventOf(field, node) : null;

    /// <summary>A place in an event.</summary>
    public EventText? Place(string field)
    {
        EventText? text = Event(field);
        if (text is { IsPlace: false })
        {
            Report(Node(field)!, $"{field} says where in the event it is: write a JSON Pointer, such as /data/{field}");
            return null;
        }

        return text;
    }

    public EventText? EventOf(string field, YamlNode node)
    {
        EventText? text = TextIn(field, node) is { } written ? new(written) : null;
        if (text?.Problem is { } problem)
        {
            Report(node, $"{field} cannot be '{text.Written}': {problem}");
            return null;
        }

        return text;
    }

    public ImmutableArray<YamlNode> List(string field, int most)
    {
        switch (Node(field))
        {
            case null:
                return [];
            case YamlSequenceNode { Children: var items } when items.Count <= most:
                return [.. items];
            case { } node:
                Report(node, $"{field} is a list of at most {most}: begin each item with a dash");
                return [];
        }
    }

    public IEnumerable<KeyValuePair<YamlNode, YamlNode>> Map(string field)
    {
        switch (Node(field))
        {
            case null:
                return [];
            case YamlMappingNode map:
                return map.Children;
            case { } node:
                Report(node, $"{field} is a section: write name: value below it, indented");
                return [];
        }
    }

    public IEnumerable<KeyValuePair<string, string>> Texts(string field) =>
        from pair in Map(field)
        let name = TextOf(pair.Key)
        let text = TextIn(field, pair.Value)
        where name is not null && text is not null
        select KeyValuePair.Create(name, text);

    /// <summary>Reports what is wrong with the section as a whole.</summary>
    public void Report(string message) => Report(_node, message);

    private string? TextIn(string field, YamlNode node)
    {
        string? text = TextOf(node);
        if (text is null)
        {
            Report(node, $"{field} needs a text");
        }

        return text;
    }

    private void Report(YamlNode node, string message) => _problems.Add(new(node.Start.Line, node.Start.Column, message));
}
