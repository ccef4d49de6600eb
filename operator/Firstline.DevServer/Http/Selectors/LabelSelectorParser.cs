using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json.Nodes;
using Firstline.DevServer.Admission;
using Firstline.DevServer.Http.Errors;

namespace Firstline.DevServer.Http.Selectors;

/// <summary>Parses the query form of label selectors: <c>a=b,c!=d,e in (f,g),h notin (i),j,!k,l&gt;1</c>.</summary>
internal sealed class LabelSelectorParser(string text)
{
    private readonly List<string> tokens = Tokenize(text);
    private int next;

    public ImmutableArray<LabelRequirement> Parse()
    {
        ImmutableArray<LabelRequirement>.Builder requirements = ImmutableArray.CreateBuilder<LabelRequirement>();
        requirements.Add(Requirement());
        while (TryTake(","))
        {
            requirements.Add(Peek.Length > 0 ? Requirement() : throw ApiErrors.BadRequest("found '', expected: identifier after ','"));
        }

        return Peek.Length == 0 ? requirements.ToImmutable() : throw ApiErrors.BadRequest($"found '{Peek}', expected: ',' or 'end of string'");
    }

    private string Peek => next < tokens.Count ? tokens[next] : "";

    private LabelRequirement Requirement()
    {
        if (TryTake("!"))
        {
            return new(Word("identifier"), LabelOperator.DoesNotExist, []);
        }

        if (Peek.Length > 0 && IsSymbol(Peek[0]))
        {
            throw ApiErrors.BadRequest($"found '{Peek}', expected: !, identifier, or 'end of string'");
        }

        string key = Key();
        return Peek is "" or "," ? new(key, LabelOperator.Exists, []) : Comparison(key, Take());
    }

    private LabelRequirement Comparison(string key, string op) => op switch
    {
        "=" or "==" => new(key, LabelOperator.In, [OptionalWord()]),
        "!=" => new(key, LabelOperator.NotIn, [OptionalWord()]),
        "in" => new(key, LabelOperator.In, Values()),
        "notin" => new(key, LabelOperator.NotIn, Values()),
        ">" => new(key, LabelOperator.GreaterThan, [Number()]),
        "<" => new(key, LabelOperator.LessThan, [Number()]),
        _ => throw Unexpected(op, "in, notin, =, ==, !=, gt, lt"),
    };

    private string Key()
    {
        string key = Word("identifier");
        FieldErrors errors = new();
        MetadataValidation.CheckLabels(new JsonObject { [key] = "" }, "<nil>", errors);
        return errors.ToCauses() is [var problem, ..] ? throw ApiErrors.BadRequest($"unable to parse requirement: <nil>: {problem.Message}") : key;
    }

    private string Number()
    {
        string word = Word("identifier");
        return long.TryParse(word, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out _)
            ? word
            : throw ApiErrors.BadRequest($"unable to parse requirement: values[0]: Invalid value: \"{word}\": for 'Gt', 'Lt' operators, the value must be an integer");
    }

    private ImmutableArray<string> Values()
    {
        Open();
        ImmutableArray<string>.Builder values = ImmutableArray.CreateBuilder<string>();
        do
        {
            values.Add(Peek is "," or ")" ? "" : Word("identifier"));
        }
        while (TryTake(","));

        Close();
        return values.ToImmutable();
    }

    private string OptionalWord() => Peek is "" or "," ? "" : Word("identifier");

    private string Word(string what)
    {
        string token = Take();
        return token.Length > 0 && !IsSymbol(token[0]) ? token : throw Unexpected(token, what);
    }

    private void Open()
    {
        if (!TryTake("("))
        {
            throw ApiErrors.BadRequest($"unable to parse requirement: found '{Peek}' expected: '('");
        }
    }

    private void Close()
    {
        if (!TryTake(")"))
        {
            throw Unexpected(Peek, "',' or ')'");
        }
    }

    private bool TryTake(string token)
    {
        bool here = Peek == token;
        next += here ? 1 : 0;
        return here;
    }

    private string Take()
    {
        string token = Peek;
        next++;
        return token;
    }

    private static ApiException Unexpected(string found, string expected) =>
        ApiErrors.BadRequest($"unable to parse requirement: found '{found}', expected: {expected}");

    private static bool IsSymbol(char c) => c is '=' or '!' or '(' or ')' or ',' or '<' or '>';

    private static List<string> Tokenize(string text)
    {
        List<string> tokens = [];
        int start = 0;
        while (start < text.Length)
        {
            int end = start + 1;
            if (char.IsWhiteSpace(text[start]))
            {
                start = end;
                continue;
            }

            if (!IsSymbol(text[start]))
            {
                while (end < text.Length && !IsSymbol(text[end]) && !char.IsWhiteSpace(text[end]))
                {
                    end++;
                }
            }
            else if (text[start] is '=' or '!' && end < text.Length && text[end] == '=')
            {
                end++;
            }

            tokens.Add(text[start..end]);
            start = end;
        }

        return tokens;
    }
}
