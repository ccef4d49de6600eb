using System.Collections.Immutable;
using Firstline.Api.V1Alpha1;

namespace Firstline.Core.Lifecycle;

/// <summary>What to do next with an Incident.</summary>
public abstract record IncidentStep
{
    private IncidentStep()
    {
    }

    /// <summary>Nothing: it is over, being deleted, or waits for its signals to stay away for long enough.</summary>
    public sealed record Settled : IncidentStep;

    /// <summary>Wait for the diagnosis.</summary>
    public sealed record AwaitDiagnosis : IncidentStep;

    /// <summary>Plan a remediation.</summary>
    public sealed record Plan : IncidentStep;

    /// <summary>A remediation is under way: show how far it is.</summary>
    /// <param name="Request">The remediation.</param>
    public sealed record Follow(RemediationRequest Request) : IncidentStep;

    /// <summary>Another incident deals with the cause: nothing is planned for this one, and it ends with its own signals.</summary>
    /// <param name="Parent">The other.</param>
    public sealed record Attach(IncidentParent Parent) : IncidentStep;

    /// <summary>It is over.</summary>
    /// <param name="Reason">Why, in one CamelCase word.</param>
    /// <param name="Message">Why, in one sentence.</param>
    public sealed record Resolve(string Reason, string Message) : IncidentStep;

    /// <summary>Humans have to take over.</summary>
    /// <param name="Reason">Why, in one CamelCase word.</param>
    /// <param name="Message">Why, in one sentence.</param>
    /// <param name="Considered">What was considered and why not, one sentence each.</param>
    public sealed record Escalate(string Reason, string Message, ImmutableArray<string> Considered) : IncidentStep;
}
