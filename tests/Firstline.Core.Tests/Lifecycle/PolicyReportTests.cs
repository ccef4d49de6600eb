using Firstline.Api.Meta;
using Firstline.Api.V1Alpha1;
using Firstline.Core.Lifecycle;
using FluentAssertions;
using Xunit;

namespace Firstline.Core.Tests.Lifecycle;

/// <summary>What is said of a policy, by what its rules name.</summary>
public sealed class PolicyReportTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 20, 12, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData("no rule", "", ConditionStatus.True, PolicyReasons.PolicyValid, "all that the policy names is known")]
    [InlineData("detectors that there are", "CrashLoop,Hung", ConditionStatus.True, PolicyReasons.PolicyValid, "all that the policy names is known")]
    [InlineData("one that there is not", "CrashLoop,Crashloop", ConditionStatus.False, PolicyReasons.UnknownDetector, "patience slow names detector Crashloop, which there is not: docs/detectors.md lists them")]
    public void ToStatus_names_the_rule_and_what_there_is_not(string sentence, string detectors, ConditionStatus status, string reason, string message)
    {
        RemediationPolicy policy = Policy(detectors);

        RemediationPolicyStatus after = PolicyReport.ToStatus(policy, Now);

        Condition condition = after.Conditions.Should().ContainSingle(sentence).Which;
        (condition.Type, condition.Status, condition.Reason, condition.Message, condition.LastTransitionTime).Should().Be((ConditionTypes.Valid, status, reason, message, Now));
        PolicyReport.ToStatus(policy with { Status = after }, Now.AddHours(1)).Conditions.Should().Equal(after.Conditions, "nothing has changed since");
    }

    [Fact]
    public void ToStatus_fits_into_a_condition_however_much_is_wrong() =>
        PolicyReport.ToStatus(Policy(string.Join(',', Enumerable.Repeat(new string('x', 63), 64))), Now).Conditions[0].Message.Length.Should().BeLessThanOrEqualTo(1024);

    private static RemediationPolicy Policy(string detectors) => new()
    {
        Metadata = new() { Name = "default", Generation = 3 },
        Spec = new() { Patience = detectors.Length == 0 ? [] : [new() { Name = "slow", Detectors = [.. detectors.Split(',')] }] },
    };
}
