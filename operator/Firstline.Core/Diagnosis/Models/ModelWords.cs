using System.Text.RegularExpressions;

namespace Firstline.Core.Diagnosis.Models;

/// <summary>Makes words of a model fit to be shown: cleaned, bounded, without secrets, orders and addresses.</summary>
internal static partial class ModelWords
{
    public const int MaxStatement = 600;
    public const int MaxRationale = 1024;
    public const int MaxExpectation = 512;
    private const int MaxStep = 300;
    private const int TooLong = 8;   // times of what is shown

    /// <summary>The words; null, with the reason counted, for what is not shown.</summary>
    public static string? Of(string words, int maxLength, EvidenceRedaction redaction, FaultCount faults)
    {
        AnswerFault? fault = string.IsNullOrWhiteSpace(words) || words.Length > TooLong * maxLength ? AnswerFault.BadLength
            : OrderText.IsIn(words) ? AnswerFault.GivesOrders
            : Address().IsMatch(words) ? AnswerFault.NamesAddress
            : null;
        if (fault is { } why)
        {
            faults.Add(why);
            return null;
        }

        return redaction.Of(words, maxLength).Text;
    }

    /// <summary>A command that only reads; null, with the reason counted, for anything else.</summary>
    /// <remarks>People type what they are shown. Of a Secret even reading shows too much.</remarks>
    public static string? Step(string words, FaultCount faults)
    {
        if (words.Length <= MaxStep && Reading().IsMatch(words) && !words.Contains("secret", StringComparison.OrdinalIgnoreCase))
        {
            return words;
        }

        faults.Add(AnswerFault.UnsafeStep);
        return null;
    }

    [GeneratedRegex(@"://|\bwww\.|\bmailto:|\bdata:[a-z]", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Address();

    // Plain words alone: nothing that a shell would take for more than one command, and no option that names a file, a user or another server.
    [GeneratedRegex(
        @"\Akubectl (?:get|describe|logs|top|events|rollout status|rollout history)(?: (?:-n|--namespace|-l|--selector|-c|--container|-o wide|-o yaml|-A|-p|--previous|--tail=[0-9]{1,5}|--since=[0-9]{1,4}[smh]|[A-Za-z0-9][-A-Za-z0-9._/=,]{0,252})){1,12}\z",
        RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture)]
    private static partial Regex Reading();
}
