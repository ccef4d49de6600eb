using System.Text.RegularExpressions;
using Firstline.DevServer.Simulation.Values;

namespace Firstline.DevServer.Simulation.Faults;

/// <summary>Reads one condition: <c>SUBJECT OPERATOR VALUE</c>.</summary>
internal static partial class ConditionReader
{
    /// <exception cref="FaultFormatException">It is not understood.</exception>
    public static FaultCondition Read(string clause)
    {
        if (clause == "always")
        {
            return new FaultCondition.Always();
        }

        Match match = Form().Match(clause);
        if (!match.Success)
        {
            throw Unknown(clause);
        }

        (string subject, string name) = (match.Groups["subject"].Value, match.Groups["name"].Value);
        (string test, string value) = (match.Groups["test"].Value, match.Groups["value"].Value.Trim());
        return subject switch
        {
            "image" when name.Length == 0 && test is "=" or "!=" => new FaultCondition.Image(value, test == "="),
            "memory-limit" when name.Length == 0 && test == "<" => new FaultCondition.MemoryLimitBelow(Memory(value)),
            "env" when name.Length > 0 && !name.Contains('/', StringComparison.Ordinal) => new FaultCondition.Env(name, Test(clause, test, value)),
            "configmap" or "secret" => new FaultCondition.Content(Key(clause, subject, name), Test(clause, test, value)),
            _ => throw Unknown(clause),
        };
    }

    private static ContentKey Key(string clause, string subject, string name)
    {
        string[] parts = name.Split('/');
        return parts.Length == 2 && parts.All(part => part.Length > 0)
            ? new ContentKey(subject == "secret" ? ContentKind.Secret : ContentKind.ConfigMap, parts[0], parts[1])
            : throw new FaultFormatException($"\"{clause}\" does not name an object and a key; write {subject}:NAME/KEY=VALUE");
    }

    private static decimal Memory(string value) =>
        Quantity.Parse(value) ?? throw new FaultFormatException($"\"{value}\" is not an amount of memory; write one such as 256Mi");

    private static ValueTest Test(string clause, string test, string value) => test switch
    {
        "=" => new ValueTest.EqualTo(value),
        "!=" => new ValueTest.DifferentFrom(value),
        "~" => new ValueTest.Matching(Pattern(value)),
        "!~" => new ValueTest.NotMatching(Pattern(value)),
        " is missing" => new ValueTest.Missing(),
        _ => throw Unknown(clause),
    };

    private static string Pattern(string value)
    {
        try
        {
            _ = new Regex(value, RegexOptions.NonBacktracking);
            return value;
        }
        catch (Exception refused) when (refused is ArgumentException or NotSupportedException)
        {
            throw new FaultFormatException($"\"{value}\" is not a regular expression without look-around and back references");
        }
    }

    private static FaultFormatException Unknown(string clause) =>
        new($"\"{clause}\" is not understood; write image=GLOB, image!=GLOB, memory-limit<256Mi, env:NAME=VALUE, configmap:NAME/KEY=VALUE, "
            + "secret:NAME/KEY=VALUE (with =, !=, ~, !~ or \"is missing\") or always");

    [GeneratedRegex(@"^(?<subject>image|memory-limit|env|configmap|secret)(:(?<name>[A-Za-z0-9._/-]+))?((?<test> is missing)$|\s*(?<test>!=|!~|=|~|<)(?<value>.*)$)",
        RegexOptions.ExplicitCapture | RegexOptions.Singleline)]
    private static partial Regex Form();
}
