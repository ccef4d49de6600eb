using Firstline.Api.V1Alpha1;
using Firstline.Core.Diagnosis;
using Firstline.Core.Facts;
using FluentAssertions;
using Xunit;
using static Firstline.Core.Tests.Facts.Given;

namespace Firstline.Core.Tests.Diagnosis;

/// <summary>A hypothesis that nothing could refute would be none.</summary>
public sealed class ExpectationTests
{
    private const int Short = 200;

    /// <summary>Names of the rules.</summary>
    public static TheoryData<string> Rules { get; } = [.. RuleCatalogue.All.Select(static r => r.Name)];

    [Theory]
    [MemberData(nameof(Rules))]
    public void Every_rule_says_of_every_cause_what_it_predicts_and_what_would_refute_it(string name)
    {
        IHypothesisRule rule = RuleCatalogue.All.Single(r => r.Name == name);

        foreach (string cause in Causes.All.Append("example.com/Own"))
        {
            Expectation expectation = rule.Expects(cause);

            expectation.Prediction.Should().MatchRegex(@"^[A-Z].{20,}\.$", cause).And.Subject.Length.Should().BeLessThan(Short, cause);
            expectation.Refutation.Should().MatchRegex(@"^[A-Za-z].{20,}\.$", cause).And.NotBe(expectation.Prediction).And.Subject.Length.Should().BeLessThan(Short, cause);
        }
    }

    [Fact]
    public void Rules_do_not_share_their_words() =>
        RuleCatalogue.All.SelectMany(static r => Causes.All.Select(c => (r.Name, r.Expects(c).Prediction)).Distinct()).GroupBy(static p => p.Prediction)
            .Should().OnlyContain(static g => g.Count() == 1, "what holds of two rules alike tells neither apart");

    [Theory]
    [MemberData(nameof(DiagnoserTests.Cases), MemberType = typeof(DiagnoserTests))]
    public void Every_hypothesis_shows_both(string sentence, Situation situation, string cause, string resource, bool sure, string category)
    {
        _ = (cause, resource, sure, category);

        DiagnosisReport report = Diagnoser.Diagnose(new(new IncidentSpec { Target = situation.Subject }, [], situation, Now));

        report.Hypotheses.Should().OnlyContain(static h => h.Prediction!.Length > 0 && h.Refutation!.Length > 0, sentence);
    }
}
