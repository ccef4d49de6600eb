using System.Buffers;
using System.Text;
using System.Text.RegularExpressions;

namespace Firstline.Core.Diagnosis;

/// <summary>Recognises text of the cluster that gives orders to whoever reads it for a human: an assistant, a model, an operator. Nothing obeys it; that somebody wrote it is worth a look.</summary>
internal static class OrderText
{
    private const int MaxSearched = 16 * 1024;

    /// <summary>True for text that orders, or that hides something in characters that nobody sees.</summary>
    public static bool IsIn(string text)
    {
        string searched = text.Length <= MaxSearched ? text : text[..MaxSearched];
        return HidesText(searched) || (searched.AsSpan().ContainsAny(Telling) && Orders.Value.IsMatch(searched));
    }

    // Tags (U+E0000 to U+E007F), the changes of direction, the supplement's selectors and runs of the others spell what is not shown; a byte order mark, a joiner or one selector, as behind a sign, is common.
    private static bool HidesText(string text)
    {
        bool wasSelector = false;
        foreach (Rune rune in text.EnumerateRunes())
        {
            bool isSelector = rune.Value is >= 0xFE00 and <= 0xFE0F;
            if ((isSelector && wasSelector) || rune.Value is (>= 0xE0000 and <= 0xE007F) or (>= 0xE0100 and <= 0xE01EF) or (>= 0x202A and <= 0x202E) or (>= 0x2066 and <= 0x2069))
            {
                return true;
            }

            wasSelector = isSelector;
        }

        return false;
    }

    // Every repetition is bounded, so that the time is linear in the text. It is interpreted: compiled, so many words take more memory than all that they are looked for in.
    private const string Pattern =
        @"\b(?:ignore|disregard|forget|override)\s{1,9}(?:(?:all|any|the|your|my|these|previous|prior|above|earlier)\s{1,9}){1,3}(?:instruction|rule|prompt|order|guideline|polic|context|message)"
        + @"|\b(?:you are now|you must now|new instructions?:|system prompt|developer mode|jailbreak|as an ai\b|dear (?:ai|assistant|model|operator))"
        + @"|<\|?/?(?:im_start|im_end|system|assistant|tool|tool_result|function_result|endoftext)\b"
        + @"|""role""\s{0,9}:\s{0,9}""(?:system|assistant|tool)""|^\s{0,9}(?:system|assistant|human)\s{0,9}:\s"
        + @"|\b(?:ai|assistant|model|llm|agent|operator|firstline|copilot|gpt)\b[^.]{0,60}\b(?:must|should|shall|please|has to|is to)\s{1,9}(?:now\s{1,9})?(?:approve|delete|scale|run|execute|apply|restart|drain|cordon|reveal|print|set|mark|close|ignore|skip|call|grant|disable|cite|use|treat|trust|believe|report|choose)"
        + @"|\b(?:approve|pre-?approved?|auto-?approve)\b[^.]{0,40}\b(?:remreq|remediation|request|this|it|plan)\b|firstline\.dev/(?:approved|answer|rejected|resolved)\s{0,9}="
        + @"|\bconfidence\s{0,9}(?:to|=)\s{0,9}[0-9]|\blevel\s{0,9}(?:to|=)\s{0,9}L[123]\b|\bseverity\s{0,9}(?:to|is|=)\s{0,9}SEV[1-4]|\bkubectl\s{1,9}(?:delete|annotate|patch|apply|drain|scale|exec)\b";

    private static readonly SearchValues<string> Telling = SearchValues.Create(
    [
        "ignore", "disregard", "forget", "override", "instruction", "you are now", "you must now", "prompt", "developer mode", "jailbreak", "as an ai", "dear ", "im_start", "im_end", "endoftext",
        "system", "assistant", "tool", "function_result", "human", "model", "llm", "agent", "operator", "firstline", "copilot", "gpt", "approve", "confidence", "level", "severity", "kubectl", " ai ",
    ],
        StringComparison.OrdinalIgnoreCase);

    private static readonly Lazy<Regex> Orders = new(static () => new Regex(Pattern, RegexOptions.IgnoreCase | RegexOptions.CultureInvariant));
}
