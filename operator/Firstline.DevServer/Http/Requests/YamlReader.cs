using System.Globalization;
using System.Text.Json.Nodes;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace Firstline.DevServer.Http.Requests;

/// <summary>Reads YAML as JSON by the rules of kubectl and the API server, which are YAML 1.1's: a plain <c>on</c> is true, and <c>0644</c> is octal.</summary>
public static class YamlReader
{
    // Deeper than any object; an anchor that holds itself has no end.
    private const int MaxDepth = 100;

    /// <exception cref="FormatException">Not one YAML document, in the server's words.</exception>
    internal static JsonNode? Read(string text)
    {
        try
        {
            YamlStream stream = [];
            stream.Load(new StringReader(text));
            return stream.Documents.Count == 0 ? null : ToJson(stream.Documents[0].RootNode);
        }
        catch (YamlException e)
        {
            throw new FormatException($"yaml: line {e.Start.Line}: {e.Message}", e);
        }
    }

    /// <summary>The node as JSON; null for YAML's null.</summary>
    /// <param name="node">Any node of a document.</param>
    /// <exception cref="YamlException">JSON cannot hold it: a key is a map or a list, or the node holds itself; the message is a sentence without an end.</exception>
    public static JsonNode? ToJson(YamlNode node) => ToJson(node, 0);

    private static JsonNode? ToJson(YamlNode node, int depth) => node switch
    {
        _ when depth > MaxDepth => throw new YamlException(node.Start, node.End, $"it is nested more than {MaxDepth} levels deep, or holds itself"),
        YamlMappingNode map => Map(map, depth),
        YamlSequenceNode list => new JsonArray([.. list.Children.Select(item => ToJson(item, depth + 1))]),
        YamlScalarNode { Style: ScalarStyle.Plain } plain => Scalar(plain.Value ?? ""),
        YamlScalarNode quoted => JsonValue.Create(quoted.Value ?? ""),
        _ => null,
    };

    private static JsonObject Map(YamlMappingNode map, int depth)
    {
        JsonObject json = [];
        foreach ((YamlNode key, YamlNode value) in map.Children)
        {
            string name = (key as YamlScalarNode ?? throw new YamlException(key.Start, key.End, "a key must be plain text: write {{ }} of a template in quotes")).Value ?? "";
            json[name] = ToJson(value, depth + 1);
        }

        return json;
    }

    private static JsonValue? Scalar(string text) => text switch
    {
        "" or "~" or "null" or "Null" or "NULL" => null,
        "true" or "True" or "TRUE" or "y" or "Y" or "yes" or "Yes" or "YES" or "on" or "On" or "ON" => JsonValue.Create(true),
        "false" or "False" or "FALSE" or "n" or "N" or "no" or "No" or "NO" or "off" or "Off" or "OFF" => JsonValue.Create(false),
        _ when IsNumber(text) => Number(text.Replace("_", "", StringComparison.Ordinal)) ?? JsonValue.Create(text),
        _ => JsonValue.Create(text),
    };

    private static bool IsNumber(string text) => char.IsAsciiDigit(text[0]) || (text.Length > 1 && text[0] is '-' or '+' or '.' && (char.IsAsciiDigit(text[1]) || text[1] == '.'));

    private static JsonValue? Number(string text) =>
        Whole(text) is { } whole ? JsonValue.Create(whole)
        : double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double number) && double.IsFinite(number) ? JsonValue.Create(number)
        : null;

    private static long? Whole(string text)
    {
        ReadOnlySpan<char> digits = text.AsSpan(text[0] is '-' or '+' ? 1 : 0);
        (int radix, int prefix) = digits switch
        {
            ['0', 'x' or 'X', _, ..] => (16, 2),
            ['0', 'o' or 'O', _, ..] => (8, 2),
            ['0', 'b' or 'B', _, ..] => (2, 2),
            ['0', _, ..] => (8, 1),
            _ => (10, 0),
        };
        long value = 0;
        foreach (char c in digits[prefix..])
        {
            int digit = char.IsAsciiHexDigit(c) ? Convert.ToInt32(c.ToString(), 16) : radix;
            if (digit >= radix || value > (long.MaxValue - digit) / radix)
            {
                return null;
            }

            value = (value * radix) + digit;
        }

        return text[0] == '-' ? -value : value;
    }
}
