using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Firstline.Core.Planning;
using Firstline.DevServer.Http.Requests;
using YamlDotNet.RepresentationModel;

namespace Firstline.Cli.Runbooks;

/// <summary>Checks YAML against the schema of a CustomResourceDefinition, as the API server would, but with lines and with what may have been meant.</summary>
internal sealed class SchemaCheck
{
    private readonly ImmutableArray<Problem>.Builder _problems = ImmutableArray.CreateBuilder<Problem>();

    private SchemaCheck()
    {
    }

    /// <param name="root">The document.</param>
    /// <param name="schema">Its <c>openAPIV3Schema</c>.</param>
    public static ImmutableArray<Problem> Check(YamlMappingNode root, JsonObject schema)
    {
        SchemaCheck check = new();
        check.Visit(root, schema, "");
        return check._problems.ToImmutable();
    }

    private void Visit(YamlNode node, JsonObject schema, string path)
    {
        switch (Text(schema, "type"))
        {
            case "object":
                VisitObject(node, schema, path);
                break;
            case "array":
                VisitArray(node, schema, path);
                break;
            case "string":
                VisitString(node, schema, path);
                break;
            case "integer" or "number":
                VisitNumber(node, schema, path);
                break;
            case "boolean" when YamlReader.ToJson(node)?.GetValueKind() is not (System.Text.Json.JsonValueKind.True or System.Text.Json.JsonValueKind.False):
                Add(node, path, "must be true or false, without quotes");
                break;
        }
    }

    private void VisitObject(YamlNode node, JsonObject schema, string path)
    {
        if (node is not YamlMappingNode mapping)
        {
            Add(node, path, "must have fields, not a single value or a list");
            return;
        }

        foreach ((YamlNode key, YamlNode value) in mapping.Children)
        {
            VisitField(key, value, schema, path);
        }

        foreach (string name in Names(schema, "required").Where(name => !mapping.Children.ContainsKey(new YamlScalarNode(name))))
        {
            Add(node, Child(path, name), "required, and missing");
        }
    }

    private void VisitField(YamlNode key, YamlNode value, JsonObject schema, string path)
    {
        string name = ((YamlScalarNode)key).Value ?? "";
        JsonObject known = schema["properties"] as JsonObject ?? [];
        if ((known[name] ?? schema["additionalProperties"]) is JsonObject field)
        {
            Visit(value, field, Child(path, name));
        }
        else if (Text(schema, "x-kubernetes-preserve-unknown-fields") != "true")
        {
            Add(key, Child(path, name), "unknown field" + Suggestion(name, known));
        }
    }

    private static string Child(string path, string name) => path.Length == 0 ? name : $"{path}.{name}";

    private void VisitArray(YamlNode node, JsonObject schema, string path)
    {
        if (node is not YamlSequenceNode sequence)
        {
            Add(node, path, "must be a list");
            return;
        }

        int count = sequence.Children.Count;
        AddIf(count < Number(schema, "minItems"), node, path, $"must have at least {Text(schema, "minItems")} items");
        AddIf(count > Number(schema, "maxItems"), node, path, $"must have at most {Text(schema, "maxItems")} items, not {count}");
        for (int i = 0; i < count; i++)
        {
            Visit(sequence.Children[i], (JsonObject)schema["items"]!, string.Create(CultureInfo.InvariantCulture, $"{path}[{i}]"));
        }
    }

    private void VisitString(YamlNode node, JsonObject schema, string path)
    {
        if (YamlReader.ToJson(node) is not JsonValue value || value.GetValueKind() != System.Text.Json.JsonValueKind.String)
        {
            string hint = node is YamlScalarNode { Value.Length: > 0 } scalar ? $": write \"{scalar.Value}\" in quotes" : "";
            Add(node, path, "must be a string" + hint);
            return;
        }

        string text = value.GetValue<string>();
        string[] allowed = Names(schema, "enum");
        AddIf(allowed.Length > 0 && !allowed.Contains(text), node, path, $"\"{text}\" is not one of {string.Join(", ", allowed)}");
        AddIf(text.Length < Number(schema, "minLength"), node, path, "must not be empty");
        AddIf(text.Length > Number(schema, "maxLength"), node, path, $"must have at most {Text(schema, "maxLength")} characters, not {text.Length}");
        AddIf(Text(schema, "pattern") is { } pattern && !Regex.IsMatch(text, pattern), node, path, $"\"{text}\" does not match {Text(schema, "pattern")}");
    }

    private void VisitNumber(YamlNode node, JsonObject schema, string path)
    {
        if (YamlReader.ToJson(node) is not JsonValue value || value.GetValueKind() != System.Text.Json.JsonValueKind.Number)
        {
            Add(node, path, "must be a number, without quotes");
            return;
        }

        double number = double.Parse(value.ToJsonString(), CultureInfo.InvariantCulture);
        AddIf(Text(schema, "type") == "integer" && number != Math.Floor(number), node, path, "must be a whole number");
        AddIf(number < Number(schema, "minimum"), node, path, $"must be at least {Text(schema, "minimum")}");
        AddIf(number > Number(schema, "maximum"), node, path, $"must be at most {Text(schema, "maximum")}");
    }

    private void AddIf(bool wrong, YamlNode node, string path, string message)
    {
        if (wrong)
        {
            Add(node, path, message);
        }
    }

    private void Add(YamlNode node, string path, string message) => _problems.Add(new Problem(node.Start.Line, node.Start.Column, $"{path}: {message}"));

    private static string Suggestion(string name, JsonObject known)
    {
        string[] names = [.. known.Select(static k => k.Key)];
        return names.Length == 0 ? "" : NearestName.Question(name, names);
    }

    private static string? Text(JsonObject schema, string name) => schema[name]?.ToString();

    private static double? Number(JsonObject schema, string name) =>
        Text(schema, name) is { } text ? double.Parse(text, CultureInfo.InvariantCulture) : null;

    private static string[] Names(JsonObject schema, string name) => schema[name] is JsonArray list ? [.. list.Select(static n => n!.ToString())] : [];
}
