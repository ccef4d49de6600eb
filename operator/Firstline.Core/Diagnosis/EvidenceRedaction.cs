using System.Text.RegularExpressions;
using Firstline.Core.Facts;

namespace Firstline.Core.Diagnosis;

/// <summary>What is taken out of text before it is evidence: secrets, personal data, and what the operator was told to leave out.</summary>
public sealed class EvidenceRedaction
{
    /// <summary>Secrets and personal data.</summary>
    public static readonly EvidenceRedaction Default = new(null);

    private readonly Regex? _own;

    /// <param name="pattern">Regular expression of what else is taken out, without look-around and back-references; null for nothing.</param>
    /// <exception cref="ArgumentException">It is no such expression, or it matches the empty text.</exception>
    public EvidenceRedaction(string? pattern)
    {
        try
        {
            _own = pattern is null ? null : new Regex(pattern, RegexOptions.NonBacktracking | RegexOptions.CultureInvariant);
        }
        catch (NotSupportedException e)
        {
            throw new ArgumentException(e.Message, nameof(pattern), e);
        }

        if (_own?.IsMatch("") == true)
        {
            throw new ArgumentException("it matches the empty text, so that it would match everywhere", nameof(pattern));
        }
    }

    /// <summary>
    /// What is known of an object, with all but secrets taken out of its logs and events: before a rule cuts them, and leaves half of what the whole would have been known by. Secrets go
    /// with each cut, some of them over several lines.
    /// </summary>
    internal Situation Of(Situation situation) => situation with
    {
        Logs = [.. situation.Logs.Select(log => log with { Lines = [.. log.Lines.Select(Personal)] })],
        Events = [.. situation.Events.Select(happening => happening with { Message = Personal(happening.Message) })],
    };

    /// <summary>At most <paramref name="maxLength"/> UTF-16 units of the text, cleaned, with all of it taken out; and how many places these were.</summary>
    internal (string Text, int Places) Of(string text, int maxLength)
    {
        int places = 0;
        string bounded = BoundedText.Of(text, maxLength, clean =>
        {
            string left = Personal(Redactor.Redact(clean));
            places = left.AsSpan().Count(Redactor.Mark);   // some were taken out where lines were gathered
            return left;
        });
        return (bounded, places);
    }

    private string Personal(string text)
    {
        string left = PersonalData.Redact(text);
        return _own?.Replace(left, Redactor.Mark) ?? left;
    }
}
