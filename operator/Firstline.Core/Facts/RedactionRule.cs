using System.Buffers;
using System.Text.RegularExpressions;

namespace Firstline.Core.Facts;

/// <summary>One shape that secrets have.</summary>
internal sealed class RedactionRule
{
    private readonly SearchValues<string> _needs;
    private readonly Lazy<Regex> _pattern;
    private readonly string _replacement;

    /// <param name="needs">Words of which one is in every text that the pattern matches, in any case; without them the pattern is not even made.</param>
    /// <param name="pattern">What is taken out.</param>
    /// <param name="replacement">What stands there instead.</param>
    /// <param name="options">How letters compare.</param>
    public RedactionRule(ReadOnlySpan<string> needs, string pattern, string replacement, RegexOptions options = RegexOptions.IgnoreCase)
    {
        _needs = SearchValues.Create(needs, StringComparison.OrdinalIgnoreCase);
        _replacement = replacement;

        // The text is hostile input: this engine's time is bounded by the text's length, whatever the text. Its tables take megabytes.
        _pattern = new(() => new Regex(pattern, RegexOptions.NonBacktracking | RegexOptions.CultureInvariant | options));
    }

    /// <summary>The text with all that has the shape replaced.</summary>
    public string Apply(string text) => text.AsSpan().ContainsAny(_needs) ? _pattern.Value.Replace(text, _replacement) : text;
}
