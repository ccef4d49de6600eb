using Firstline.Api.V1Alpha1;
using Firstline.Core.Diagnosis.Models;
using FluentAssertions;
using Xunit;
using static Firstline.Core.Tests.Diagnosis.Models.ModelGiven;

namespace Firstline.Core.Tests.Diagnosis.Models;

/// <summary>What a question may cost, by what the records say was spent.</summary>
public sealed class ModelBudgetTests
{
    private static readonly ModelLimits Limits = new()
    {
        CallsPerIncident = 10, TokensPerIncident = 50_000, MoneyPerIncident = 1, CallsPerDay = 20, TokensPerDay = 100_000, MoneyPerDay = 2, InputPrice = 5, OutputPrice = 10,
    };

    [Theory]
    [InlineData("nothing was spent: half of what an incident may cost", 0, 0, 0, 0, 5, 25_000)]
    [InlineData("the incident has used less than half", 4, 20_000, 0, 0, 5, 25_000)]
    [InlineData("the incident has used more than half", 7, 40_000, 0, 0, 3, 10_000)]
    [InlineData("others have used most of the day", 0, 0, 18, 85_000, 2, 15_000)]
    [InlineData("both, and the smaller counts", 8, 45_000, 11, 53_000, 1, 2_000)]
    public void Decide_allows_what_is_left(string situation, int ownCalls, long ownTokens, int otherCalls, long otherTokens, int calls, long tokens) =>
        Decide(Limits, [Spent(ownCalls, ownTokens)], [Spent(otherCalls, otherTokens)]).Should().Be(new BudgetAnswer.Allowed(new(calls, tokens)), situation);

    [Theory]
    [InlineData("calls of the incident", 10, 0, 0, 0, "the limit of 10 calls for one incident is used up, or what is left is too little for a question; it opens no more for this incident", false)]
    [InlineData("tokens of the incident", 1, 49_001, 0, 0, "the limit of 50,000 tokens for one incident is used up, or what is left is too little for a question; it opens no more for this incident", false)]
    [InlineData("calls of the day", 0, 0, 20, 0, "the limit of 20 calls for one day is used up, or what is left is too little for a question; it opens again at 2026-11-21T00:00Z", true)]
    [InlineData("tokens of the day", 0, 0, 1, 99_500, "the limit of 100,000 tokens for one day is used up, or what is left is too little for a question; it opens again at 2026-11-21T00:00Z", true)]
    public void Decide_says_which_limit_is_used_up(string situation, int ownCalls, long ownTokens, int otherCalls, long otherTokens, string sentence, bool opens) =>
        Decide(Limits, [Spent(ownCalls, ownTokens)], [Spent(otherCalls, otherTokens)])
            .Should().Be(new BudgetAnswer.UsedUp(sentence, opens ? new DateTimeOffset(2026, 11, 21, 0, 0, 0, TimeSpan.Zero) : null), situation);

    [Fact]
    public void Decide_counts_money_by_the_dearer_price()
    {
        Decide(Limits, [Spent(1, 10, money: 0.95m)], []).Should().Be(new BudgetAnswer.Allowed(new(5, 5_000)), "0.05 at 10 per million tokens");
        Decide(Limits, [Spent(1, 10, money: 0.995m)], []).Should().BeOfType<BudgetAnswer.UsedUp>().Which.Sentence.Should().StartWith("the limit of 1 in money for one incident");
        Decide(Limits, [], [Spent(1, 10, money: 2m)]).Should().BeOfType<BudgetAnswer.UsedUp>().Which.OpensAt.Should().NotBeNull();
        Decide(Limits with { InputPrice = 0, OutputPrice = 0 }, [], [Spent(1, 10, money: 2m)]).Should().BeOfType<BudgetAnswer.Allowed>("without prices nothing is known of money");
    }

    [Fact]
    public void Decide_lets_a_question_take_half_of_an_incidents_money() =>
        Decide(Limits with { TokensPerIncident = 1_000_000, TokensPerDay = 1_000_000 }, [], []).Should().Be(new BudgetAnswer.Allowed(new(5, 50_000)), "half of 1 at 10 per million tokens");

    [Fact]
    public void Decide_allows_a_question_that_takes_more_than_half() =>
        Decide(Limits with { CallsPerIncident = 1, TokensPerIncident = 1_500 }, [], []).Should().Be(new BudgetAnswer.Allowed(new(1, 1_000)));

    [Fact]
    public void Decide_counts_of_the_day_what_was_asked_since_midnight_in_UTC()
    {
        ModelCallRecord yesterday = Spent(20, 100_000) with { Time = new(2026, 11, 19, 23, 59, 59, TimeSpan.Zero) };
        ModelCallRecord atMidnight = Spent(20, 0) with { Time = new(2026, 11, 20, 0, 0, 0, TimeSpan.Zero) };

        Decide(Limits, [], [yesterday]).Should().BeOfType<BudgetAnswer.Allowed>();
        Decide(Limits, [], [atMidnight]).Should().BeOfType<BudgetAnswer.UsedUp>();
    }

    [Fact]
    public void Decide_ends_with_the_records_that_an_incident_can_hold()
    {
        ModelCallRecord[] records = [.. Enumerable.Range(1, ModelBudget.MaxQuestions).Select(static _ => Spent(0, 0))];

        Decide(Limits, records, []).Should().Be(new BudgetAnswer.UsedUp("8 questions were asked about this incident, which is the most; it opens no more for this incident", null));
    }

    [Fact]
    public void CostOf_is_what_the_prices_say_and_a_reservation_no_less()
    {
        ModelBudget.CostOf(Limits, 1_000, 200).Should().Be(7_000);
        ModelBudget.CostOf(Limits, new ModelAllowance(1, 1_200)).Should().Be(12_000);
        ModelBudget.CostOf(new ModelLimits(), 1_000, 200).Should().BeNull();
    }

    private static BudgetAnswer Decide(ModelLimits limits, ModelCallRecord[] own, ModelCallRecord[] others) => ModelBudget.Decide(limits, own, own.Concat(others), 1_000, Now);

    private static ModelCallRecord Spent(int calls, long tokens, decimal money = 0) =>
        Asked with { Calls = calls, InputTokens = tokens / 2, OutputTokens = tokens - (tokens / 2), CostMillionths = (long)(money * 1_000_000) };
}
