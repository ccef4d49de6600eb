using Firstline.Api.V1Alpha1;
using Firstline.Core.Planning;

namespace Firstline.Core.Gates;

/// <summary>Closed outside of the policy's change windows and during its freezes. What has begun is finished.</summary>
public sealed class ChangeWindowGate : IGate
{
    /// <inheritdoc/>
    public string Name => "ChangeWindow";

    /// <inheritdoc/>
    public GateVerdict Judge(GateInput input, DateTimeOffset now)
    {
        if (input.Policy is not { } policy)
        {
            return this.Closed(GateReasons.PolicyMissing, "without a policy the change windows are not known");
        }

        ChangeCalendar calendar = ChangeCalendar.For(policy, input.Request.Spec.Plan, input.Request.Metadata.Namespace ?? "", input.Incident, input.TimeZones);
        return input.HasBegun ? this.Open("it began in time and is finished")
            : calendar.Problem() is { } problem ? this.Closed(GateReasons.WindowUnreadable, $"a window that can't be read is closed: {problem}", "unreadable", "readable")
            : Judge(calendar, now);
    }

    private GateVerdict Judge(ChangeCalendar calendar, DateTimeOffset now)
    {
        string limit = string.Join("; ", calendar.Windows) is { Length: > 0 } windows ? windows : "no freeze";
        if (calendar.FreezeAt(now) is { } freeze)
        {
            string why = freeze.Reason is { Length: > 0 } reason ? $": {reason}" : "";
            return this.Closed(GateReasons.Frozen, $"freeze {freeze.Name} holds{why}", $"freeze {freeze.Name}", limit, calendar.NextOpening(now));
        }

        return calendar.IsWindowOpen(now)
            ? this.Open(limit == "no freeze" ? "changes are welcome at any time" : "a change window is open", limit: limit)
            : this.Closed(GateReasons.OutsideWindow, "no change window is open", "outside", limit, calendar.NextOpening(now));
    }
}
