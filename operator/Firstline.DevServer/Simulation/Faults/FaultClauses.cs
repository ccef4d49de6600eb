using System.Collections.Immutable;
using System.Globalization;
using Firstline.DevServer.Simulation.Values;

namespace Firstline.DevServer.Simulation.Faults;

/// <summary>The clauses of one annotation, taken one by one; what is left over are conditions.</summary>
internal sealed class FaultClauses
{
    private readonly List<string> _clauses;

    private FaultClauses(List<string> clauses, string log)
    {
        _clauses = clauses;
        Log = log;
    }

    /// <summary>Text after <c>log=</c>, which is the last clause and may hold semicolons; <c>\n</c> in it begins a new line.</summary>
    public string Log { get; }

    public static FaultClauses Split(string value)
    {
        List<string> clauses = [];
        string rest = value;
        while (rest.Length > 0)
        {
            rest = rest.TrimStart();
            if (rest.StartsWith("log=", StringComparison.Ordinal))
            {
                return new FaultClauses(clauses, rest["log=".Length..].Trim().Replace("\\n", "\n", StringComparison.Ordinal));
            }

            string[] halves = rest.Split(';', 2);
            clauses.Add(halves[0].Trim());
            rest = halves.Length == 2 ? halves[1] : "";
        }

        clauses.RemoveAll(clause => clause.Length == 0);
        return new FaultClauses(clauses, "");
    }

    public int Number(string option, int missing, int low, int high)
    {
        if (Take(option) is not { } text)
        {
            return missing;
        }

        return int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int number) && number >= low && number <= high
            ? number
            : throw new FaultFormatException($"\"{option}={text}\" is not a number from {low} to {high}");
    }

    public TimeSpan Duration(string option, TimeSpan missing) => Take(option) is { } text ? Duration(text) : missing;

    public T Choice<T>(string option, ImmutableDictionary<string, T> choices, string missing)
    {
        string text = Take(option) ?? missing;
        return choices.TryGetValue(text, out T? choice)
            ? choice
            : throw new FaultFormatException($"\"{option}={text}\" is not one of {string.Join(", ", choices.Keys.Order(StringComparer.Ordinal))}");
    }

    /// <summary>The duration that the value begins with.</summary>
    public TimeSpan LeadingDuration()
    {
        string text = _clauses.FirstOrDefault() ?? "";
        TimeSpan duration = Duration(text);
        _clauses.RemoveAt(0);
        return duration;
    }

    public IEnumerable<string> Rest() => _clauses;

    private static TimeSpan Duration(string text) =>
        GoDuration.Parse(text) ?? throw new FaultFormatException($"\"{text}\" is not a duration; write one such as 500ms, 20s or 1m30s");

    private string? Take(string option)
    {
        int index = _clauses.FindIndex(clause => clause.StartsWith(option + "=", StringComparison.Ordinal));
        if (index < 0)
        {
            return null;
        }

        string text = _clauses[index][(option.Length + 1)..].Trim();
        _clauses.RemoveAt(index);
        return text;
    }
}
