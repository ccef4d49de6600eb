using Firstline.Core.Detection;
using Firstline.Core.Facts;
using Xunit;
using static Firstline.Core.Tests.Detection.DetectorTable;
using static Firstline.Core.Tests.Facts.Given;

namespace Firstline.Core.Tests.Detection;

public sealed class EvictedDetectorTests
{
    public static TheoryData<string, Situation, bool, int?> Situations { get; } = Rows(
        ("its pod was evicted and no other came", Deployment(Evicted()), true, null),
        ("it was evicted and is alone", Deployment(Evicted()) with { Workload = null }, true, null),
        ("another pod serves in its place", Served(), false, null),
        ("its pod failed otherwise", Deployment(Evicted() with { Reason = "Shutdown" }), false, null),
        ("its pod serves", Deployment(Pod(Running())), false, null),
        ("it is a Job, which starts another", Job(Evicted()), false, null),
        ("it is gone", Deployment(Evicted()) with { Exists = false }, false, null));

    [Theory]
    [MemberData(nameof(Situations))]
    public void Detect_fires_only_for_what_is_in_trouble(string sentence, Situation situation, bool fires, int? lookAgain) =>
        Judge(new EvictedDetector(), sentence, situation, fires, lookAgain);

    private static PodFacts Evicted() => Pod(Running(ready: false)) with
    {
        Phase = "Failed", Reason = "Evicted", Message = "The node was low on resource: ephemeral-storage.", Containers = [],
    };

    private static Situation Served()
    {
        Situation situation = Deployment(Evicted(), Pod(Running(), "web-2"));
        return situation with { Workload = situation.Workload! with { DesiredPods = 1 } };
    }
}
