using System.Text.RegularExpressions;

namespace Firstline.DevServer.Simulation.Faults;

/// <summary>A test of a value that may be missing.</summary>
internal abstract record ValueTest
{
    private ValueTest()
    {
    }

    /// <param name="value">The value; null when it is missing.</param>
    public abstract bool Holds(string? value);

    /// <summary>Whether text fits a glob, in which <c>*</c> stands for any text.</summary>
    public static bool IsGlobMatch(string glob, string text) =>
        Regex.IsMatch(text, "^" + Regex.Escape(glob).Replace("\\*", ".*", StringComparison.Ordinal) + "$", RegexOptions.NonBacktracking);

    /// <summary><c>=</c>: there, and the same text.</summary>
    public sealed record EqualTo(string Expected) : ValueTest
    {
        public override bool Holds(string? value) => value == Expected;
    }

    /// <summary><c>!=</c>: another text, or missing.</summary>
    public sealed record DifferentFrom(string Expected) : ValueTest
    {
        public override bool Holds(string? value) => value != Expected;
    }

    /// <summary><c>~</c>: there, and the regular expression is found in it.</summary>
    public sealed record Matching(string Pattern) : ValueTest
    {
        public override bool Holds(string? value) => value is not null && Regex.IsMatch(value, Pattern, RegexOptions.NonBacktracking);
    }

    /// <summary><c>!~</c>: missing, or the regular expression is not found in it.</summary>
    public sealed record NotMatching(string Pattern) : ValueTest
    {
        public override bool Holds(string? value) => value is null || !Regex.IsMatch(value, Pattern, RegexOptions.NonBacktracking);
    }

    /// <summary><c>is missing</c>.</summary>
    public sealed record Missing : ValueTest
    {
        public override bool Holds(string? value) => value is null;
    }
}
