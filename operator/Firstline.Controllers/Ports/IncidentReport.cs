using Firstline.Core.Detection;
using Firstline.Core.Signals;

namespace Firstline.Controllers.Ports;

/// <summary>What the intake is told.</summary>
public abstract record IncidentReport
{
    private IncidentReport()
    {
    }

    /// <summary>A detector's finding, firing or (with <paramref name="Resolved"/> set) over.</summary>
    public sealed record FromDetector(Finding Finding, DateTimeOffset? Resolved) : IncidentReport;

    /// <summary>A signal from outside.</summary>
    public sealed record FromOutside(Signal Signal) : IncidentReport;
}
