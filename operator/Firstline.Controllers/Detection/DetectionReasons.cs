namespace Firstline.Controllers.Detection;

/// <summary>Reasons of the Events that detection records.</summary>
internal static class DetectionReasons
{
    /// <summary>On a workload: an incident was opened for it.</summary>
    /// <remarks>Read the incident: <c>kubectl describe inc</c> in the same namespace.</remarks>
    public const string IncidentOpened = "IncidentOpened";

    /// <summary>On an incident: a signal that reports trouble.</summary>
    /// <remarks>Nothing by itself: the diagnosis follows.</remarks>
    public const string SignalFired = Core.Detection.SignalLedger.SignalFired;

    /// <summary>On an incident: a signal that no longer does.</summary>
    /// <remarks>Nothing to do.</remarks>
    public const string SignalResolved = Core.Detection.SignalLedger.SignalResolved;

    /// <summary>On the object in trouble: a finding is held back because of a human's feedback on an earlier incident, a maintenance, or the policy's patience.</summary>
    /// <remarks>Nothing by itself; to have it reported at once, remove <c>spec.feedback</c> of the incident that is named, or what is named of the policy.</remarks>
    public const string FindingHeld = "FindingHeld";
}
