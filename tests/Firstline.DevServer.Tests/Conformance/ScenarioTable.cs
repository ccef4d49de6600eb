using System.Collections.Immutable;
using System.Text;
using Firstline.Testing;

namespace Firstline.DevServer.Tests.Conformance;

/// <summary>
/// The tables of interactions: text, written by hand but for the answers. A line that begins with <c>##</c> opens a scenario; a request follows as
/// <c>VERB target [media type] [body]</c>, continued by indented lines; <c>accept</c>, <c>only</c> and <c>keep name path</c> belong to the request above
/// them, and lines that begin with <c>&lt;</c> are its recorded answer.
/// </summary>
internal sealed class ScenarioTable(string path)
{
    private static readonly Dictionary<string, string> MediaTypes = new()
    {
        ["json"] = "application/json",
        ["yaml"] = "application/yaml",
        ["merge"] = "application/merge-patch+json",
        ["strategic"] = "application/strategic-merge-patch+json",
        ["json-patch"] = "application/json-patch+json",
        ["apply"] = "application/apply-patch+yaml",
    };

    private static readonly string Folder = System.IO.Path.Combine(Checkout.Folder, "tests", "Firstline.DevServer.Tests", "Conformance", "Tables");

    /// <summary>All tables, in the order of their names.</summary>
    public static ImmutableArray<ScenarioTable> All { get; } = [.. Directory.EnumerateFiles(Folder, "*.txt").Order(StringComparer.Ordinal).Select(file => new ScenarioTable(file))];

    public string Name { get; } = System.IO.Path.GetFileNameWithoutExtension(path);

    public ImmutableArray<Scenario> Scenarios => [.. Read()];

    /// <summary>Writes answers in place of the recorded ones.</summary>
    /// <param name="answers">For each request's line, its answer.</param>
    public void Record(IReadOnlyDictionary<int, string> answers)
    {
        StringBuilder text = new();
        string[] lines = File.ReadAllLines(path);
        int request = 0;
        for (int i = 0; i <= lines.Length; i++)
        {
            string line = i < lines.Length ? lines[i] : "";
            if (request > 0 && !IsPartOfRequest(line))
            {
                text.Append(answers.TryGetValue(request, out string? answer) ? Marked(answer) : "");
                request = 0;
            }

            if (IsRequest(line))
            {
                request = i + 1;
            }

            if (i < lines.Length && (!line.StartsWith('<') || (request > 0 && !answers.ContainsKey(request))))
            {
                text.AppendLine(line);
            }
        }

        File.WriteAllText(path, text.ToString());
    }

    private static string Marked(string answer) => string.Concat(answer.Split('\n').Select(line => $"< {line}\n"));

    private static bool IsRequest(string line) => line.Length > 0 && char.IsAsciiLetterUpper(line[0]);

    private static bool IsMediaType(string word) => word.StartsWith("application/", StringComparison.Ordinal) || word.StartsWith("text/", StringComparison.Ordinal);

    private static bool IsPartOfRequest(string line) =>
        line.StartsWith("  ", StringComparison.Ordinal) || line.StartsWith('<') || line.Split(' ')[0] is "accept" or "only" or "keep";

    private IEnumerable<Scenario> Read()
    {
        Scenario? open = null;
        string[] lines = File.ReadAllLines(path);
        for (int i = 0; i < lines.Length; i++)
        {
            string line = lines[i];
            if (line.StartsWith("## ", StringComparison.Ordinal))
            {
                if (open is not null)
                {
                    yield return open;
                }

                open = new Scenario(Name, line[3..], []);
            }
            else if (line.Length > 0 && line[0] != '#')
            {
                open = With(open ?? throw new FormatException($"{path}:{i + 1}: no scenario is open"), line, i + 1);
            }
        }

        yield return open ?? throw new FormatException($"{path} holds no scenario");
    }

    private Scenario With(Scenario open, string line, int number)
    {
        string[] words = line.Split(' ', 3);
        return words[0] switch
        {
            "servers" when line == "servers without controllers" => open with { IsForServersAlone = true },
            "shows" when line == "shows managed fields" => open with { ShowsManagedFields = true },
            "accept" => Last(open, last => last with { Accept = line["accept ".Length..] }),
            "only" => Last(open, last => last with { Only = [.. line.Split(' ')[1..]] }),
            "keep" => Last(open, last => last with { Kept = last.Kept.Add((words[1], words[2])) }),
            "<" => Last(open, last => last with { Recorded = last.Recorded.Length == 0 ? line[2..] : $"{last.Recorded}\n{line[2..]}" }),
            "" => Last(open, last => last with { Body = last.Body is null ? line[2..] : $"{last.Body}\n{line[2..]}", MediaType = last.MediaType ?? MediaTypes["json"] }),
            _ when IsRequest(line) => open with { Interactions = open.Interactions.Add(Request(words, number)) },
            _ => throw new FormatException($"{path}:{number}: not a request, nor a part of one: {line}"),
        };
    }

    private static Scenario Last(Scenario open, Func<Interaction, Interaction> change) =>
        open with { Interactions = [.. open.Interactions[..^1], change(open.Interactions[^1])] };

    private static Interaction Request(string[] words, int number)
    {
        if (words.Length < 3)
        {
            return new Interaction(number, words[0], words[1], null, null);
        }

        string[] rest = words[2].Split(' ', 2);
        string? media = MediaTypes.GetValueOrDefault(rest[0]) ?? (IsMediaType(rest[0]) ? rest[0] : null);
        return media is null
            ? new Interaction(number, words[0], words[1], MediaTypes["json"], words[2])
            : new Interaction(number, words[0], words[1], media, rest.Length > 1 ? rest[1] : null);
    }
}
