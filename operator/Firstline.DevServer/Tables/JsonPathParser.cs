using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;

namespace Firstline.DevServer.Tables;

/// <summary>Reads printer column paths, with or without the braces of kubectl's templates.</summary>
internal sealed class JsonPathParser
{
    private static readonly string[] Operators = ["==", "!=", "<=", ">=", "<", ">"];

    private readonly string _text;
    private int _at;

    private JsonPathParser(string text) => _text = text;

    /// <exception cref="FormatException">The text is no path of this language.</exception>
    public static ImmutableArray<JsonPathStep> Parse(string text)
    {
        string path = text.StartsWith('{') && text.EndsWith('}') ? text[1..^1] : text;
        return new JsonPathParser(path.StartsWith('$') || path.StartsWith('@') ? path[1..] : path).Steps();
    }

    private ImmutableArray<JsonPathStep> Steps()
    {
        ImmutableArray<JsonPathStep>.Builder steps = ImmutableArray.CreateBuilder<JsonPathStep>();
        while (_at < _text.Length)
        {
            steps.Add(_text[_at] switch
            {
                '.' => DotStep(),
                '[' => BracketStep(),
                _ => throw Wrong(),
            });
        }

        return steps.ToImmutable();
    }

    private JsonPathStep DotStep()
    {
        _at++;
        StringBuilder name = new();
        for (; _at < _text.Length && _text[_at] is not ('.' or '['); _at++)
        {
            if (_text[_at] == '\\' && _at + 1 < _text.Length)
            {
                _at++; // an escaped dot belongs to the name
            }

            name.Append(_text[_at]);
        }

        return name.ToString() switch
        {
            "" => throw Wrong(),
            "*" => new JsonPathStep.All(),
            { } field => new JsonPathStep.Field(field),
        };
    }

    private JsonPathStep BracketStep()
    {
        int end = ClosingBracket();
        string inside = _text[(_at + 1)..end].Trim();
        _at = end + 1;
        return inside switch
        {
            "*" => new JsonPathStep.All(),
            ['?', '(', .. string condition, ')'] => FilterStep(condition),
            ['\'' or '"', .. string name, '\'' or '"'] => new JsonPathStep.Field(name),
            _ => int.TryParse(inside, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out int index) ? new JsonPathStep.Index(index) : throw Wrong(),
        };
    }

    // Brackets within quotes or within a filter's own path do not close it.
    private int ClosingBracket()
    {
        int depth = 0;
        char quote = '\0';
        for (int i = _at; i < _text.Length; i++)
        {
            char c = _text[i];
            if (quote != '\0')
            {
                quote = c == quote ? '\0' : quote;
            }
            else if (c is '\'' or '"')
            {
                quote = c;
            }
            else
            {
                depth += c == '[' ? 1 : c == ']' ? -1 : 0;
            }

            if (depth == 0)
            {
                return i;
            }
        }

        throw Wrong();
    }

    private JsonPathStep.Filter FilterStep(string condition)
    {
        foreach (string word in Operators)
        {
            int at = condition.IndexOf(word, StringComparison.Ordinal);
            if (at > 0)
            {
                return new JsonPathStep.Filter(JsonPath.Parse(condition[..at].Trim()), word, Literal(condition[(at + word.Length)..].Trim()));
            }
        }

        return new JsonPathStep.Filter(JsonPath.Parse(condition.Trim()), "", JsonValue.Create(""));
    }

    private JsonValue Literal(string text) => text switch
    {
        ['\'' or '"', .. string inside, '\'' or '"'] => JsonValue.Create(inside),
        "true" or "false" => JsonValue.Create(text == "true"),
        _ => double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double number) ? JsonValue.Create(number) : throw Wrong(),
    };

    private FormatException Wrong() => new($"'{_text}' is not a JSONPath that printer columns support");
}
