namespace Firstline.Api.V1Alpha1;

/// <summary>Finalizers that the operator sets.</summary>
public static class FinalizerNames
{
    /// <summary>On a RemediationRequest from before its first change until its end is recorded: so long its deletion waits, and the change is taken back or recorded.</summary>
    public const string Remediation = "firstline.dev/remediation";
}
