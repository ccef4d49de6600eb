using System.Globalization;
using Firstline.Core.Facts;

namespace Firstline.Core.Detection;

/// <summary>Finds workloads whose pods are ready and whose logs tell that they do not work; reported on the object that bears on it, where one does.</summary>
/// <remarks>What several workloads suffer from one object is one incident on that object.</remarks>
public sealed class LogErrorsDetector : IDetector
{
    /// <inheritdoc/>
    public string Name => "LogErrors";

    /// <inheritdoc/>
    public DetectorReport Detect(Situation situation, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(situation);
        if (situation is not { Exists: true, LogSurvey: { } survey } || LogClues.Of(survey, situation.Around) is not [{ } clue, ..])
        {
            return DetectorReport.Nothing;
        }

        // An incident is about something that is there.
        bool isElsewhere = clue.Kind != LogClueKind.MissingService && (clue.At.Kind, clue.At.Name) != (survey.Subject.Kind, survey.Subject.Name);
        return new([
            new()
            {
                Detector = Name,
                Fingerprint = Fingerprints.Of(Name, situation.Subject),
                Target = isElsewhere ? clue.At with { Uid = null } : situation.Subject,
                Summary = string.Create(
                    CultureInfo.InvariantCulture, $"{clue.Sign.Count} of {Counted.Of(clue.Sign.Lines, "line")} in the log of {survey.Subject} tell {clue.Sign.Kind}: {clue.Sign.Line}"),
                Since = survey.Since,
            },
        ]);
    }
}
