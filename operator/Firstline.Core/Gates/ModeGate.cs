using Firstline.Api.V1Alpha1;
using Firstline.Core.Planning;

namespace Firstline.Core.Gates;

/// <summary>Closed in mode Observe; refuses a plan whose runbook was edited since.</summary>
public sealed class ModeGate : IGate
{
    /// <inheritdoc/>
    public string Name => "Mode";

    /// <inheritdoc/>
    public GateVerdict Judge(GateInput input, DateTimeOffset now)
    {
        RunbookReference planned = input.Request.Spec.Runbook;
        if (input.Policy is not { } policy)
        {
            return this.Closed(GateReasons.PolicyMissing, "without a policy the mode is not known");
        }

        if (input.Runbook is not { } runbook)
        {
            return this.Closed(GateReasons.RunbookMissing, $"runbook {planned.Name} in namespace {planned.Namespace} is gone or can't be seen");
        }

        string revision = RunbookRevision.Of(runbook.Spec);
        if (revision != planned.Revision && !input.HasBegun)
        {
            return this.Refused(GateReasons.RunbookChanged, $"runbook {planned.Name} was edited since the plan was made", revision, planned.Revision);
        }

        RunbookMode mode = RunbookMode.Of(runbook, policy, input.RunbookIdentity, input.AuthorIdentity);
        return mode.Mode == OperatingMode.Observe
            ? this.Closed(GateReasons.ObserveOnly, $"nothing is changed in mode Observe: {mode.Reason}", "Observe", "Suggest")
            : this.Open($"the mode is {mode.Mode}", mode.Mode.ToString());
    }
}
