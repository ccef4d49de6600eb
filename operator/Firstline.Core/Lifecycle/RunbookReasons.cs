namespace Firstline.Core.Lifecycle;

/// <summary>Reasons of a Runbook's condition Valid.</summary>
public static class RunbookReasons
{
    /// <summary>The runbook can be used.</summary>
    /// <remarks>Nothing to do.</remarks>
    public const string Valid = "Valid";

    /// <summary>The runbook can't be used, and why.</summary>
    /// <remarks>Mend what the message names; <c>firstline runbook lint</c> says the same without a cluster.</remarks>
    public const string Invalid = "Invalid";
}
