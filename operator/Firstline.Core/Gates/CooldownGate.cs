using System.Globalization;
using Firstline.Api.Meta;
using Firstline.Api.V1Alpha1;
using Firstline.Core.Planning;

namespace Firstline.Core.Gates;

/// <summary>Closed for a time after the target was changed by another request, so that a remedy is never repeated in a loop.</summary>
public sealed class CooldownGate : IGate
{
    /// <summary>Cooldown where the policy says nothing; the same value as in the schema.</summary>
    public static readonly TimeSpan Default = TimeSpan.FromMinutes(15);

    /// <inheritdoc/>
    public string Name => "Cooldown";

    /// <inheritdoc/>
    public GateVerdict Judge(GateInput input, DateTimeOffset now)
    {
        if (input.Policy is not { } policy)
        {
            return this.Closed(GateReasons.PolicyMissing, "without a policy the cooldown is not known");
        }

        if (input.Others is not { } others)
        {
            return this.Closed(GateReasons.RequestsUnknown, "the other requests can't be listed");
        }

        if (input.Situation is null)
        {
            return this.Closed(GateReasons.TargetUnknown, $"{input.Request.Spec.Plan.Target} can't be seen, so it can't be told when it was changed last");
        }

        TimeSpan cooldown = Longer(policy.Limits.Cooldown?.Value ?? Default, input.Request.Spec.Limits.Cooldown?.Value ?? TimeSpan.Zero);
        DateTimeOffset? known = others.Where(r => Progress.HaveSameTarget(r, input.Request)).Select(Progress.LastChange).Max();
        DateTimeOffset? last = new[] { known, Marked(input) }.Max();
        return last is { } changed && now - changed < cooldown
            ? Closed(input.Request.Spec.Plan.Target, changed, cooldown)
            : this.Open("the target was not changed of late", limit: Duration.From(cooldown).ToString());
    }

    // What the target itself says: the request that changed it may have been deleted since.
    private static DateTimeOffset? Marked(GateInput input) =>
        input.Situation is { } situation && PlannedTarget.Of(input.Request.Spec.Plan.Target, situation).LastRemediation is { } mark
        && !mark.Step.StartsWith($"{input.Request.Metadata.Uid}/", StringComparison.Ordinal)
            ? mark.At
            : null;

    private GateVerdict Closed(TargetRef target, DateTimeOffset changed, TimeSpan cooldown)
    {
        string at = changed.ToString("yyyy-MM-dd HH:mm:ss'Z'", CultureInfo.InvariantCulture);
        return this.Closed(
            GateReasons.CoolingDown, $"{target} was changed at {at}", $"changed at {at}", $"{Duration.From(cooldown)} between changes", changed + cooldown);
    }

    private static TimeSpan Longer(TimeSpan one, TimeSpan other) => one > other ? one : other;
}
