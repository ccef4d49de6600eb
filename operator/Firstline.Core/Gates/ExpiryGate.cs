using System.Globalization;
using Firstline.Api.V1Alpha1;

namespace Firstline.Core.Gates;

/// <summary>Refuses a request that has not begun by its end.</summary>
public sealed class ExpiryGate : IGate
{
    /// <inheritdoc/>
    public string Name => "Expiry";

    /// <inheritdoc/>
    public GateVerdict Judge(GateInput input, DateTimeOffset now)
    {
        DateTimeOffset end = input.Request.Spec.ExpiresAt;
        string limit = end.ToString("u", CultureInfo.InvariantCulture);
        return input.HasBegun || now < end
            ? this.Open("the request is in time", limit: limit)
            : this.Refused(GateReasons.Expired, $"the request ended at {limit} and nothing was done by then", now.ToString("u", CultureInfo.InvariantCulture), limit);
    }
}
