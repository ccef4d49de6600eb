using Firstline.Api.V1Alpha1;

namespace Firstline.Core.Lifecycle;

/// <summary>Tells what is over within moments, so that an incident is written once for what came of it and not once more for its beginning.</summary>
/// <remarks>Nothing is lost by waiting: intents and results are on the request before this, and what does not pass is reported when its moment is over.</remarks>
public static class PassingStep
{
    /// <summary>How long a step may take to pass. The API server stores whole seconds, so that a creation time may be a second early.</summary>
    public static readonly TimeSpan Moment = TimeSpan.FromSeconds(2);

    /// <summary>How long the report of the step may wait; null when it is to be reported now. A clock that is behind the API server's makes no moment longer.</summary>
    public static TimeSpan? Left(IncidentView view, IncidentStep step, DateTimeOffset now) =>
        Until(view, step) - now is { } left && left > TimeSpan.Zero && left <= 2 * Moment ? left : null;

    private static DateTimeOffset? Until(IncidentView view, IncidentStep step) => step switch
    {
        IncidentStep.AwaitDiagnosis => view.Incident.Metadata.CreationTimestamp + Moment,
        IncidentStep.Follow { Request: { Status: null or { Conditions.IsEmpty: true } } planned } => planned.Metadata.CreationTimestamp + Moment,
        IncidentStep.Follow { Request.Status.Steps: var steps } => steps.FirstOrDefault(static s => s.State == StepState.Intended)?.IntendedAt + Moment,
        _ => null,
    };
}
