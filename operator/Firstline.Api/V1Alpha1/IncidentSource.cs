namespace Firstline.Api.V1Alpha1;

/// <summary>Who reported a signal.</summary>
public enum IncidentSource
{
    /// <summary>A human, by creating the Incident.</summary>
    Manual,

    /// <summary>One of the operator's detectors.</summary>
    Detector,

    /// <summary>Alertmanager, by its webhook.</summary>
    Alertmanager,

    /// <summary>JSON that was posted to a declared webhook.</summary>
    Webhook,

    /// <summary>A CloudEvent.</summary>
    CloudEvents,
}
