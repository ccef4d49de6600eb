using System.Collections.Immutable;
using Firstline.Core.Planning;
using Firstline.Host.Options;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace Firstline.Host.Configuration;

/// <summary>Reads the YAML of a configuration file: each field is one of <see cref="OperatorSettings"/>, whatever is not is named with its place.</summary>
internal sealed class ConfigurationReader
{
    private readonly ImmutableArray<GivenSetting>.Builder _settings = ImmutableArray.CreateBuilder<GivenSetting>();
    private readonly ImmutableArray<ConfigurationProblem>.Builder _problems = ImmutableArray.CreateBuilder<ConfigurationProblem>();
    private readonly Dictionary<string, YamlNode> _last = [];   // by section

    public static ConfigurationFile Read(string yaml)
    {
        ConfigurationReader reader = new();
        reader.ReadDocuments(yaml);
        return new(reader._settings.ToImmutable(), [.. reader._problems.OrderBy(static p => p.Line).ThenBy(static p => p.Column)]);
    }

    private void ReadDocuments(string yaml)
    {
        if (YamlText.Load(yaml, _problems) is { } root)
        {
            ReadNode("", root);
            CheckWhole();
        }
    }

    // An empty section is a section: people comment out its fields.
    private void ReadNode(string path, YamlNode node)
    {
        switch (node)
        {
            case YamlMappingNode section:
                ReadSection(path, section);
                break;
            case YamlScalarNode { Style: ScalarStyle.Plain, Value: "" or "null" or "~" }:
                break;
            default:
                Report(node, path.Length == 0 ? "it holds no fields: write field: value" : $"{path} is a section: write its fields below it, indented");
                break;
        }
    }

    private void ReadSection(string path, YamlMappingNode section)
    {
        foreach ((YamlNode key, YamlNode value) in section.Children)
        {
            string name = (key as YamlScalarNode)?.Value ?? "";
            string field = path.Length == 0 ? name : $"{path}.{name}";
            if (OperatorSettings.All.FirstOrDefault(s => s.Field.Length > 0 && s.Field == field) is { } setting)
            {
                ReadValue(setting, value);
            }
            else if (OperatorSettings.All.Any(s => s.Field.StartsWith(field + ".", StringComparison.Ordinal)))
            {
                ReadNode(field, value);
            }
            else
            {
                Report(key, $"unknown field \"{field}\", did you mean \"{NearestName.Of(field, FieldsNear(path))}\"?");
            }
        }
    }

    private void ReadValue(OperatorSetting setting, YamlNode node)
    {
        string? value = setting.IsList && node is YamlSequenceNode list ? ReadList(setting, list) : (node as YamlScalarNode)?.Value;
        if (value is null && setting.IsList && node is YamlSequenceNode { Children.Count: > 0 })
        {
            return;   // told at the item
        }

        if (string.IsNullOrEmpty(value))
        {
            Report(node, $"{setting.Field} needs a value, {setting.Value}: give one or remove the field");
            return;
        }

        try
        {
            setting.Apply(new OperatorOptions(), value);
            _settings.Add(new(setting, setting.Field, value));
            _last[setting.Field.Split('.')[0]] = node;
        }
        catch (FormatException e)
        {
            Report(node, $"{setting.Field} cannot be '{value}': {e.Message}");
        }
    }

    // An item that does not fit is named where it stands.
    private string? ReadList(OperatorSetting setting, YamlSequenceNode list)
    {
        List<string> values = [];
        foreach (YamlNode item in list.Children)
        {
            try
            {
                string value = (item as YamlScalarNode)?.Value ?? "";
                setting.Apply(new OperatorOptions(), value);
                values.Add(value);
            }
            catch (FormatException e)
            {
                Report(item, $"an item of {setting.Field} cannot be '{(item as YamlScalarNode)?.Value}': {e.Message}");
            }
        }

        return values.Count == list.Children.Count ? string.Join(',', values) : null;
    }

    private void CheckWhole()
    {
        OperatorOptions whole = _settings.Aggregate(new OperatorOptions(), static (o, given) => given.ApplyTo(o));
        CheckSection("lease", whole.Lease.Problem);
        CheckSection("webhook", whole.Webhook.Problem);
        CheckSection("model", whole.Model.Problem);
    }

    // Each field may fit by itself; the last one that the file gives is the place of what does not fit together.
    private void CheckSection(string name, string? problem)
    {
        if (problem is not null && _last.TryGetValue(name, out YamlNode? node))
        {
            Report(node, problem);
        }
    }

    // What may stand at this place, and full paths for those who wrote a field at the wrong one.
    private static IEnumerable<string> FieldsNear(string path)
    {
        string prefix = path.Length == 0 ? "" : path + ".";
        ImmutableArray<string> all = [.. OperatorSettings.All.Select(static s => s.Field).Where(static f => f.Length > 0)];
        return all.Where(f => f.StartsWith(prefix, StringComparison.Ordinal)).Select(f => prefix + f[prefix.Length..].Split('.')[0]).Concat(all).Distinct();
    }

    private void Report(YamlNode node, string message) => _problems.Add(new(node.Start.Line, node.Start.Column, message));
}
