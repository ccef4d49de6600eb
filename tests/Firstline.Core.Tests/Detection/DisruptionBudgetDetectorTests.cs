using Firstline.Core.Detection;
using Firstline.Core.Facts;
using Xunit;
using static Firstline.Core.Tests.Detection.DetectorTable;
using static Firstline.Core.Tests.Facts.Given;
using static Firstline.Core.Tests.Facts.GivenAround;

namespace Firstline.Core.Tests.Detection;

public sealed class DisruptionBudgetDetectorTests
{
    public static TheoryData<string, Situation, bool, int?> Situations { get; } = Rows(
        ("all pods are healthy, and none may go", Of(Budget()), true, null),
        ("none may go since five minutes, as during a rollout", Of(Budget(since: 300)), false, 300),
        ("a pod is missing: it does its work", Of(Budget(healthy: 1)), false, null),
        ("one may go", Of(Budget(allowed: 1, healthy: 3, expected: 3)), false, null),
        ("it selects no pods, and says so", Of(Budget(healthy: 0, desired: 0, expected: 0)), true, null),
        ("its controller has not looked at it yet", Of(Budget(healthy: 0, desired: 0, expected: 0) with { Conditions = [] }), false, null),
        ("it is gone", Of(Budget()) with { Exists = false }, false, null),
        ("it is a workload", Deployment(Pod(Running())), false, null));

    [Theory]
    [MemberData(nameof(Situations))]
    public void Detect_fires_only_for_what_is_in_trouble(string sentence, Situation situation, bool fires, int? lookAgain) =>
        Judge(new DisruptionBudgetDetector(), sentence, situation, fires, lookAgain);
}
