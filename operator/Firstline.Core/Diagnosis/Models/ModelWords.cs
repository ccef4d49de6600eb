using System.Text.RegularExpressions;

namespace Firstline.Core.Diagnosis.Models;

/// <summary>Makes words of a model fit to be shown: cleaned, bounded, without secrets, orders, commands and addresses.</summary>
internal static partial class ModelWords
{
    public const int MaxStatement = 600;
    public const int MaxRationale = 1024;
    public const int MaxExpectation = 512;
    private const int MaxStep = 300;
    private const int TooLong = 8;   // times of what is shown

    /// <summary>The words; null, with the reason counted, for what is not shown.</summary>
    /// <param name="words">The words.</param>
    /// <param name="maxLength">Most characters of them.</param>
    /// <param name="scope">What they may speak of.</param>
    /// <param name="faults">Counts.</param>
    public static string? Of(string words, int maxLength, AnswerScope scope, FaultCount faults)
    {
        AnswerFault? fault = string.IsNullOrWhiteSpace(words) || words.Length > TooLong * maxLength ? AnswerFault.BadLength
            : OrderText.IsIn(words) ? AnswerFault.GivesOrders
            : Command().IsMatch(words) ? AnswerFault.NamesCommand
            : NamesAddress(words, scope) ? AnswerFault.NamesAddress
            : null;
        if (fault is { } why)
        {
            faults.Add(why);
            return null;
        }

        return scope.Redaction.Of(words, maxLength).Text;
    }

    /// <summary>A command that only reads; null, with the reason counted, for anything else.</summary>
    /// <remarks>People type what they are shown. Of a Secret even reading shows too much.</remarks>
    public static string? Step(string words, EvidenceRedaction redaction, FaultCount faults)
    {
        if (words.Length <= MaxStep && Reading().IsMatch(words) && !words.Contains("secret", StringComparison.OrdinalIgnoreCase) && !OrderText.IsIn(words) && redaction.Of(words, MaxStep).Places == 0)
        {
            return words;
        }

        faults.Add(AnswerFault.UnsafeStep);
        return null;
    }

    private static bool NamesAddress(string words, AnswerScope scope) => Scheme().IsMatch(words) || Host().Matches(words).Any(m => !scope.Shows(m.Value.TrimEnd('.', ',', ';', ':', ')', ']', '"', '\'')));

    // Those that nobody mentions without meaning the command; of the others what does something.
    [GeneratedRegex(
        @"`|\$\(|&&|\b(?:kubectl|curl|wget|psql|mysql|redis-cli|crictl|sudo|systemctl|chmod|nsenter)\s|\|\s{0,9}(?:sh|bash)\b|\b(?:sh|bash|rm|kill|python3?|nc|ssh)\s{1,9}[-/.]"
        + @"|\b(?:helm|docker|podman|oc|git|flux|argocd)\s{1,9}(?:-|(?:[a-z]{1,20}\s{1,9})?(?:uninstall|upgrade|rollback|install|delete|run|rm|exec|kill|stop|push|pull|adm|patch|apply|scale|create|edit|replace|set|label|taint|reset|checkout|revert|sync|suspend)\b)",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Command();

    [GeneratedRegex(@"//|\bwww\.|\bmailto:|\bdata:[a-z]", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Scheme();

    // A name with a path behind it or under a domain that anybody may register; of names with dots most are fields, files, and what Kubernetes calls its own.
    [GeneratedRegex(
        @"(?<![\w./-])(?![\w.-]{0,253}(?:kubernetes\.io|k8s\.io|cluster\.local|firstline\.dev)(?![\w.-]))[a-z0-9-]{1,63}(?:\.[a-z0-9-]{1,63}){0,9}\.(?:[a-z]{2,24}(?=[/?#])|(?:com|net|org|info|biz|io|co|me|xyz|top|site|online|link|click|app|example)(?![\w.-]))\S{0,253}",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Host();

    // Plain words alone: nothing that a shell would take for more than one command, and no option that names a file, a user or another server.
    [GeneratedRegex(
        @"\Akubectl (?:get|describe|logs|top|events|rollout status|rollout history)(?: (?:-n|--namespace|-l|--selector|-c|--container|-o wide|-o yaml|-A|-p|--previous|--tail=[0-9]{1,5}|--since=[0-9]{1,4}[smh]|[A-Za-z0-9][-A-Za-z0-9._/=,]{0,252})){1,12}\z",
        RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture)]
    private static partial Regex Reading();
}
