using Firstline.Core.Detection;
using Firstline.Core.Facts;
using Xunit;
using static Firstline.Core.Tests.Detection.DetectorTable;
using static Firstline.Core.Tests.Facts.Given;
using static Firstline.Core.Tests.Facts.GivenAround;

namespace Firstline.Core.Tests.Detection;

public sealed class ScaledToZeroDetectorTests
{
    public static TheoryData<string, Situation, bool, int?> Situations { get; } = Rows(
        ("a Service leads to it and to nothing else", Off(), true, null),
        ("it was scaled down a minute ago", Off(since: 60), false, 240),
        ("another workload serves", Off() with { Around = new() { Services = [Service()], Endpoints = [Endpoints()] } }, false, null),
        ("nothing leads to it: it is switched off", Off() with { Around = new() { Services = [Service(app: "other")] } }, false, null),
        ("it has pods", Deployment(Pod(Running())) with { Around = new() { Services = [Service()] } }, false, null),
        ("it is gone", Off() with { Exists = false }, false, null),
        ("it is a Job", Job(Pod(Running())), false, null));

    [Theory]
    [MemberData(nameof(Situations))]
    public void Detect_fires_only_for_what_is_in_trouble(string sentence, Situation situation, bool fires, int? lookAgain) =>
        Judge(new ScaledToZeroDetector(), sentence, situation, fires, lookAgain);

    private static Situation Off(int since = 3600) => new()
    {
        Subject = Target(),
        Workload = Workload() with { DesiredPods = 0, Conditions = [new("Available", Api.Meta.ConditionStatus.True, "", "", Ago(since))] },
        Around = new() { Services = [Service()] },
    };
}
