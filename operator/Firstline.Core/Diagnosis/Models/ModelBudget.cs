using System.Globalization;
using Firstline.Api.V1Alpha1;

namespace Firstline.Core.Diagnosis.Models;

/// <summary>Decides whether a question can be afforded. What was spent is read from the records in the incidents' status, so that a restart forgets nothing.</summary>
/// <remarks>A question that is not answered yet counts with all that it may cost; so does one whose answer never came. That no such one takes all, a question may cost half of what an incident may.</remarks>
public static class ModelBudget
{
    /// <summary>Most questions about one incident; the API's bound on their records.</summary>
    public const int MaxQuestions = 8;

    private const decimal Million = 1_000_000m;

    /// <summary>Decides.</summary>
    /// <param name="limits">What may be spent.</param>
    /// <param name="ofIncident">The records of the incident.</param>
    /// <param name="ofAll">The records of all incidents that are kept, those of this one among them.</param>
    /// <param name="need">Tokens that the question may take with one call.</param>
    /// <param name="now">The time.</param>
    public static BudgetAnswer Decide(
        ModelLimits limits, IReadOnlyCollection<ModelCallRecord> ofIncident, IEnumerable<ModelCallRecord> ofAll, long need, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(limits);
        if (ofIncident.Count >= MaxQuestions)
        {
            return Never(string.Create(CultureInfo.InvariantCulture, $"{MaxQuestions} questions were asked about this incident, which is the most"));
        }

        DateTimeOffset day = new(now.UtcDateTime.Date, TimeSpan.Zero), tomorrow = day.AddDays(1);
        Spent own = Spent.Of(ofIncident), today = Spent.Of(ofAll.Where(r => r.Time >= day && r.Time < tomorrow));
        decimal price = Math.Max(limits.InputPrice, limits.OutputPrice);
        (string Scope, long Left, long Need, string Unit, DateTimeOffset? Opens)[] all =
        [
            ("one incident", limits.CallsPerIncident - own.Calls, 1, Unit(limits.CallsPerIncident, "calls"), null),
            ("one incident", limits.TokensPerIncident - own.Tokens, need, Unit(limits.TokensPerIncident, "tokens"), null),
            ("one incident", Affordable(limits.MoneyPerIncident, own.Money, price), need, Money(limits.MoneyPerIncident), null),
            ("one day", limits.CallsPerDay - today.Calls, 1, Unit(limits.CallsPerDay, "calls"), tomorrow),
            ("one day", limits.TokensPerDay - today.Tokens, need, Unit(limits.TokensPerDay, "tokens"), tomorrow),
            ("one day", Affordable(limits.MoneyPerDay, today.Money, price), need, Money(limits.MoneyPerDay), tomorrow),
        ];
        foreach ((string scope, long left, long wants, string limit, DateTimeOffset? opens) in all)
        {
            if (left < wants)
            {
                string sentence = $"the limit of {limit} for {scope} is used up, or what is left is too little for a question";
                return opens is { } at
                    ? new BudgetAnswer.UsedUp(string.Create(CultureInfo.InvariantCulture, $"{sentence}; it opens again at {at:yyyy-MM-ddTHH:mmZ}"), at)
                    : Never(sentence);
            }
        }

        long calls = Math.Min(Math.Max(1, limits.CallsPerIncident / 2), Math.Min(all[0].Left, all[3].Left));
        long[] tokens = [Math.Max(need, limits.TokensPerIncident / 2), Math.Max(need, Affordable(limits.MoneyPerIncident / 2, 0, price)), all[1].Left, all[2].Left, all[4].Left, all[5].Left];
        return new BudgetAnswer.Allowed(new((int)calls, tokens.Min()));
    }

    /// <summary>What a question has cost in millionths of the currency, rounded up; null without prices.</summary>
    public static long? CostOf(ModelLimits limits, long inputTokens, long outputTokens)
    {
        ArgumentNullException.ThrowIfNull(limits);
        return limits is { InputPrice: 0, OutputPrice: 0 } ? null : (long)Math.Ceiling((inputTokens * limits.InputPrice) + (outputTokens * limits.OutputPrice));
    }

    /// <summary>The most that a question may cost, as its record holds it until its real cost is known.</summary>
    public static long? CostOf(ModelLimits limits, ModelAllowance allowance)
    {
        ArgumentNullException.ThrowIfNull(limits);
        return CostOf(limits with { InputPrice = Math.Max(limits.InputPrice, limits.OutputPrice), OutputPrice = 0 }, allowance.Tokens, 0);
    }

    private static BudgetAnswer.UsedUp Never(string sentence) => new($"{sentence}; it opens no more for this incident", null);

    private static long Affordable(decimal? limit, decimal spent, decimal price) =>
        limit is { } money && price > 0 ? (long)Math.Clamp(Math.Floor((money - spent) * Million / price), 0, long.MaxValue / 2) : long.MaxValue / 2;

    private static string Unit(long limit, string unit) => string.Create(CultureInfo.InvariantCulture, $"{limit:N0} {unit}");

    private static string Money(decimal? limit) => string.Create(CultureInfo.InvariantCulture, $"{limit} in money");

    private readonly record struct Spent(long Calls, long Tokens, decimal Money)
    {
        public static Spent Of(IEnumerable<ModelCallRecord> records) => records.Aggregate(
            default(Spent), static (sum, r) => new(sum.Calls + r.Calls, sum.Tokens + r.InputTokens + r.OutputTokens, sum.Money + ((r.CostMillionths ?? 0) / Million)));
    }
}
