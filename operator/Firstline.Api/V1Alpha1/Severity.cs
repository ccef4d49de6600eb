namespace Firstline.Api.V1Alpha1;

/// <summary>How bad an incident is.</summary>
public enum Severity
{
    /// <summary>Critical: customer-facing outage, breach, regulatory.</summary>
    SEV1 = 1,

    /// <summary>High: degraded service, breach of a service level.</summary>
    SEV2,

    /// <summary>Medium: internal disruption, near miss.</summary>
    SEV3,

    /// <summary>Low.</summary>
    SEV4,
}
