using Firstline.Core.Detection;
using Firstline.Core.Facts;
using Xunit;
using static Firstline.Core.Tests.Detection.DetectorTable;
using static Firstline.Core.Tests.Facts.Given;

namespace Firstline.Core.Tests.Detection;

public sealed class InitContainerFailingDetectorTests
{
    public static TheoryData<string, Situation, bool, int?> Situations { get; } = Rows(
        ("it backs off", Deployment(Pod(Init(BackingOff(restarts: 1)))), true, null),
        ("it failed for the third time just now", Deployment(Pod(Init(Running() with { State = Ended(), RestartCount = 2 }))), true, null),
        ("it runs again after two failures", Deployment(Pod(Init(Running(5, 2, Ended())))), true, null),
        ("it failed once", Deployment(Pod(Init(Running() with { State = Ended(), RestartCount = 0 }))), false, null),
        ("it runs for the first time", Deployment(Pod(Init(Running(5)))), false, null),
        ("it has ended well after failures", Deployment(Pod(Init(Running() with { State = Ended(0, reason: "Completed"), RestartCount = 3 }))), false, null),
        ("an app container fails, which another detector reports", Deployment(Pod(BackingOff())), false, null),
        ("a sidecar fails, which another detector reports", Deployment(Pod(BackingOff() with { Role = ContainerRole.Sidecar })), false, null),
        ("a Job retries", Job(Pod(Init(BackingOff(restarts: 1)))), false, null));

    [Theory]
    [MemberData(nameof(Situations))]
    public void Detect_fires_only_for_what_is_in_trouble(string sentence, Situation situation, bool fires, int? lookAgain) =>
        Judge(new InitContainerFailingDetector(), sentence, situation, fires, lookAgain);

    private static ContainerFacts Init(ContainerFacts container) => container with { Role = ContainerRole.Init };
}
