using System.Collections.Immutable;
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

        return Peek.Length == 0 ? requirements.ToImmutable() : throw Unexpected(Peek, "',' or 'end of string'");
    }

    private string Peek => next < tokens.Count ? tokens[next] : "";

    private LabelRequirement Requirement()
    {
        if (TryTake("!"))
        {
            return new(Word("identifier"), LabelOperator.DoesNotExist, []);
        }

        string key = Word("identifier");
        return Peek is "" or "," ? new(key, LabelOperator.Exists, []) : Comparison(key, Take());
    }

    private LabelRequirement Comparison(string key, string op) => op switch
    {
        "=" or "==" => new(key, LabelOperator.In, [OptionalWord()]),
        "!=" => new(key, LabelOperator.NotIn, [OptionalWord()]),
        "in" => new(key, LabelOperator.In, Values()),
        "notin" => new(key, LabelOperator.NotIn, Values()),
        ">" => new(key, LabelOperator.GreaterThan, [Word("identifier")]),
        "<" => new(key, LabelOperator.LessThan, [Word("identifier")]),
        _ => throw Unexpected(op, "in, notin, =, ==, !=, gt, lt"),
    };

    private ImmutableArray<string> Values()
    {
        Expect("(");
        ImmutableArray<string>.Builder values = ImmutableArray.CreateBuilder<string>();
        do
        {
            values.Add(Peek is "," or ")" ? "" : Word("identifier"));
        }
        while (TryTake(","));

        Expect(")");
        return values.ToImmutable();
    }

    private string OptionalWord() => Peek is "" or "," ? "" : Word("identifier");

    private string Word(string what)
    {
        string token = Take();
        return token.Length > 0 && !IsSymbol(token[0]) ? token : throw Unexpected(token, what);
    }

    private void Expect(string token)
    {
        if (!TryTake(token))
        {
            throw Unexpected(Peek, $"'{token}'");
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
