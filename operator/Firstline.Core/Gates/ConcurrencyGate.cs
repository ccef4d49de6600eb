using System.Globalization;
using Firstline.Api.V1Alpha1;
using Firstline.Core.Facts;
using Firstline.Core.Planning;

namespace Firstline.Core.Gates;

/// <summary>Closed while as many other requests as the policy allows are under way in the cluster.</summary>
public sealed class ConcurrencyGate : IGate
{
    private const int Default = 3;

    /// <inheritdoc/>
    public string Name => "Concurrency";

    /// <inheritdoc/>
    public GateVerdict Judge(GateInput input, DateTimeOffset now)
    {
        if (input.Policy is not { } policy)
        {
            return this.Closed(GateReasons.PolicyMissing, "without a policy the limit is not known");
        }

        if (input.Others is not { } others)
        {
            return this.Closed(GateReasons.RequestsUnknown, "the other requests can't be listed");
        }

        int limit = policy.Limits.MaxConcurrent ?? Default;
        int underWay = others.Count(static r => Progress.IsUnderWay(r) && !Progress.IsPaused(r));
        string allowed = limit.ToString(CultureInfo.InvariantCulture);
        string seen = underWay.ToString(CultureInfo.InvariantCulture);
        return underWay < limit
            ? this.Open(underWay == 0 ? "no other request is under way" : $"{Counted.Of(underWay, "other request")} under way", seen, allowed)
            : this.Closed(GateReasons.TooManyUnderWay, $"{Counted.Of(underWay, "request is", "requests are")} under way; the policy allows {allowed}", seen, allowed);
    }
}
