using Firstline.Api.V1Alpha1;

namespace Firstline.Core.Planning;

/// <summary>What a verification does where the runbook says nothing; the same values as in the schema.</summary>
public static class VerificationDefaults
{
    /// <summary>How long the target must stay healthy without a break.</summary>
    public static TimeSpan StableFor(VerificationSpec spec) => spec.StableFor?.Value ?? TimeSpan.FromSeconds(30);

    /// <summary>The status that a probe has to be answered with.</summary>
    public const int ProbeStatus = 200;

    /// <summary>How long to wait at least while the target is healthy and nothing but alerts of Alertmanager still fire.</summary>
    public static readonly TimeSpan AlertTimeout = TimeSpan.FromMinutes(30);

    /// <summary>How long to wait for that.</summary>
    public static TimeSpan Timeout(VerificationSpec spec) => spec.Timeout?.Value ?? TimeSpan.FromMinutes(5);
}
