namespace Firstline.Api.V1Alpha1;

/// <summary>An action that does what its Runbook says, whatever that is: the operator knows no inverse of it, and can't tell what it does.</summary>
public enum EscapeHatch
{
    /// <summary>The action RunJob.</summary>
    RunJob,

    /// <summary>The action CallWebhook.</summary>
    CallWebhook,
}
