namespace Firstline.Controllers.Ports;

/// <summary>Turns reports into Incidents: one incident per cause, duplicates count up. When a call returns, the report is stored in the API server.</summary>
public interface IIncidentIntake
{
    /// <summary>Opens an incident, or adds to the one that is open for the same target.</summary>
    /// <exception cref="Exception">The API server could not store it; the caller reports again later (reports are idempotent).</exception>
    /// <returns>What became of it; <see cref="IntakeOutcome.NoTarget"/> never changes by reporting it again.</returns>
    Task<IntakeOutcome> ReportAsync(IncidentReport report, CancellationToken cancellationToken);
}
