namespace Firstline.Core.Diagnosis.Models;

/// <summary>What asking a model may cost at most. Days are those of UTC.</summary>
public sealed record ModelLimits
{
    /// <summary>Most requests to the endpoint for one incident.</summary>
    public int CallsPerIncident { get; init; } = 16;

    /// <summary>Most tokens, sent and received together, for one incident.</summary>
    public long TokensPerIncident { get; init; } = 100_000;

    /// <summary>Most money for one incident, in the currency of the prices; null for no limit of its own.</summary>
    public decimal? MoneyPerIncident { get; init; }

    /// <summary>Most requests to the endpoint in a day.</summary>
    public int CallsPerDay { get; init; } = 500;

    /// <summary>Most tokens in a day.</summary>
    public long TokensPerDay { get; init; } = 3_000_000;

    /// <summary>Most money in a day; null for no limit of its own.</summary>
    public decimal? MoneyPerDay { get; init; }

    /// <summary>Price of a million tokens that are sent; 0 when it is not known, and then limits of money limit nothing.</summary>
    public decimal InputPrice { get; init; }

    /// <summary>Price of a million tokens that come back; 0 when it is not known.</summary>
    public decimal OutputPrice { get; init; }
}
