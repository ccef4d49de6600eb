using Firstline.Core.Facts;

namespace Firstline.Core.Detection;

/// <summary>Finds workloads whose pods are ready and whose logs tell that they do not work; reported on the object that is at fault, where the objects around show which it is.</summary>
/// <remarks>What several workloads suffer from one object is one incident on that object.</remarks>
public sealed class LogErrorsDetector : IDetector
{
    // An incident is about something that is there.
    private static bool IsThere(LogVerdict verdict, Situation situation) => verdict.Cause != Causes.ServiceMissing && verdict.Target.Name != situation.Subject.Name;

    /// <inheritdoc/>
    public string Name => "LogErrors";

    /// <inheritdoc/>
    public DetectorReport Detect(Situation situation, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(situation);
        return situation is { Exists: true, LogSurvey: { } survey } && LogVerdicts.Of(survey, situation.Around) is [{ } likeliest, ..]
            ? new([
                new()
                {
                    Detector = Name,
                    Fingerprint = Fingerprints.Of(Name, situation.Subject),
                    Target = IsThere(likeliest, situation) ? likeliest.Target with { Uid = null } : situation.Subject,
                    Summary = likeliest.Statement,
                    Since = survey.Since,
                },
            ])
            : DetectorReport.Nothing;
    }
}
