using Firstline.Core.Detection;
using Firstline.Core.Facts;
using Xunit;
using static Firstline.Core.Tests.Detection.DetectorTable;
using static Firstline.Core.Tests.Facts.Given;

namespace Firstline.Core.Tests.Detection;

public sealed class OomKilledDetectorTests
{
    public static TheoryData<string, Situation, bool, int?> Situations { get; } = Rows(
        ("it was killed and waits", Deployment(Pod(BackingOff(137, reason: "OOMKilled"))), true, 580),
        ("it was killed once a minute ago and runs again", Deployment(Pod(Running(50, 1, Ended(137, 60, reason: "OOMKilled")))), true, 540),
        ("it has just been killed", Deployment(Pod(Running() with { State = Ended(137, 1, reason: "OOMKilled") })), true, 599),
        ("it was killed an hour ago and runs since", Deployment(Pod(Running(3500, 1, Ended(137, 3600, reason: "OOMKilled")))), false, null),
        ("exit code 137 with another reason", Deployment(Pod(BackingOff(137))), false, null),
        ("a healthy pod", Deployment(Pod(Running())), false, null),
        ("the pod is on its way out", Deployment(Leaving(Pod(BackingOff(137, reason: "OOMKilled")))), false, null),
        ("a Job retries", Job(Pod(BackingOff(137, reason: "OOMKilled"))), false, null));

    [Theory]
    [MemberData(nameof(Situations))]
    public void Detect_fires_only_for_what_is_in_trouble(string sentence, Situation situation, bool fires, int? lookAgain) =>
        Judge(new OomKilledDetector(), sentence, situation, fires, lookAgain);
}
