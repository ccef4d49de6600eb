namespace Firstline.Controllers.Detection;

/// <summary>Reasons of the Events that detection records.</summary>
internal static class DetectionReasons
{
    /// <summary>On a workload: an incident was opened for it.</summary>
    public const string IncidentOpened = "IncidentOpened";

    /// <summary>On an incident: a signal that reports trouble.</summary>
    public const string SignalFired = Core.Detection.SignalLedger.SignalFired;

    /// <summary>On an incident: a signal that no longer does.</summary>
    public const string SignalResolved = Core.Detection.SignalLedger.SignalResolved;
}
