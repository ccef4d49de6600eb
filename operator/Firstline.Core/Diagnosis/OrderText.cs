using System.Text;
using System.Text.RegularExpressions;

namespace Firstline.Core.Diagnosis;

/// <summary>Recognises text of the cluster that gives orders to whoever reads it for a human: an assistant, a model, an operator. Nothing obeys it; that somebody wrote it is worth a look.</summary>
internal static partial class OrderText
{
    private const int MaxSearched = 16 * 1024;

    /// <summary>True for text that orders, or that hides something in characters that nobody sees.</summary>
    public static bool IsIn(string text)
    {
        string searched = text.Length <= MaxSearched ? text : text[..MaxSearched];
        return HidesText(searched) || Orders().IsMatch(searched);
    }

    // Tags (U+E0000 to U+E007F) and the changes of direction spell what is not shown; a byte order mark or a joiner alone is common.
    private static bool HidesText(string text)
    {
        foreach (Rune rune in text.EnumerateRunes())
        {
            if (rune.Value is (>= 0xE0000 and <= 0xE007F) or (>= 0x202A and <= 0x202E) or (>= 0x2066 and <= 0x2069))
            {
                return true;
            }
        }

        return false;
    }

    [GeneratedRegex(
        @"\b(?:ignore|disregard|forget|override)\s+(?:(?:all|any|the|your|my|these|previous|prior|above|earlier)\s+){1,3}(?:instruction|rule|prompt|order|guideline|polic|context|message)"
        + @"|\b(?:you are now|you must now|new instructions?:|system prompt|developer mode|jailbreak|as an ai\b|dear (?:ai|assistant|model|operator))"
        + @"|<\|?/?(?:im_start|im_end|system|assistant|tool|tool_result|function_result|endoftext)\b"
        + @"|""role""\s*:\s*""(?:system|assistant|tool)""|^\s*(?:system|assistant|human)\s*:\s"
        + @"|\b(?:ai|assistant|model|llm|agent|operator|firstline|copilot|gpt)\b[^.]{0,60}\b(?:must|should|shall|please|has to|is to)\s+(?:now\s+)?(?:approve|delete|scale|run|execute|apply|restart|drain|cordon|reveal|print|set|mark|close|ignore|skip|call|grant|disable|cite|use|treat|trust|believe|report|choose)"
        + @"|\b(?:approve|pre-?approved?|auto-?approve)\b[^.]{0,40}\b(?:remreq|remediation|request|this|it|plan)\b|firstline\.dev/(?:approved|answer|rejected|resolved)\s*="
        + @"|\bconfidence\s*(?:to|=)\s*[0-9]|\blevel\s*(?:to|=)\s*L[123]\b|\bseverity\s*(?:to|is|=)\s*SEV[1-4]|\bkubectl\s+(?:delete|annotate|patch|apply|drain|scale|exec)\b",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.NonBacktracking)]
    private static partial Regex Orders();
}
