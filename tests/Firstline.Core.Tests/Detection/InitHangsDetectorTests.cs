using Firstline.Core.Detection;
using Firstline.Core.Facts;
using Xunit;
using static Firstline.Core.Tests.Detection.DetectorTable;
using static Firstline.Core.Tests.Facts.Given;

namespace Firstline.Core.Tests.Detection;

public sealed class InitHangsDetectorTests
{
    public static TheoryData<string, Situation, bool, int?> Situations { get; } = Rows(
        ("it waits for twenty minutes", Deployment(Pod(Init(1200))), true, null),
        ("it runs for five minutes", Deployment(Pod(Init(300))), false, 300),
        ("it has failed before: that is told by another", Deployment(Pod(Init(1200) with { RestartCount = 2 })), false, null),
        ("the container of the application runs", Deployment(Pod(Running(1200))), false, null),
        ("it is a Job's", Job(Pod(Init(1200))), false, null),
        ("it is scaled to zero", Zero(Deployment(Pod(Init(1200)))), false, null),
        ("its pod leaves", Deployment(Leaving(Pod(Init(1200)))), false, null));

    [Theory]
    [MemberData(nameof(Situations))]
    public void Detect_fires_only_for_what_is_in_trouble(string sentence, Situation situation, bool fires, int? lookAgain) =>
        Judge(new InitHangsDetector(), sentence, situation, fires, lookAgain);

    private static ContainerFacts Init(int seconds) => Running(seconds, ready: false) with { Name = "wait", Role = ContainerRole.Init };
}
