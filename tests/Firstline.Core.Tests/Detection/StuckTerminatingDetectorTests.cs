using Firstline.Core.Detection;
using Firstline.Core.Facts;
using Xunit;
using static Firstline.Core.Tests.Detection.DetectorTable;
using static Firstline.Core.Tests.Facts.Given;
using static Firstline.Core.Tests.Facts.GivenAround;

namespace Firstline.Core.Tests.Detection;

public sealed class StuckTerminatingDetectorTests
{
    public static TheoryData<string, Situation, bool, int?> Situations { get; } = Rows(
        ("a finalizer holds it for an hour", Of(Service()) with { Deletion = new(Ago(3600), ["example.com/guard"]) }, true, null),
        ("it was deleted a minute ago", Of(Service()) with { Deletion = new(Ago(60), ["example.com/guard"]) }, false, 240),
        ("its grace period is not over", Of(Service()) with { Deletion = new(Now.AddSeconds(60), []) }, false, 360),
        ("a pod of it does not go", Deployment(Leaving(Pod(Running())) with { DeletionAt = Ago(3600) }), true, null),
        ("a pod of it leaves since a minute", Deployment(Leaving(Pod(Running())) with { DeletionAt = Ago(60) }), false, 240),
        ("nothing was deleted", Deployment(Pod(Running())), false, null),
        ("it is gone", Of(Service()) with { Deletion = new(Ago(3600), []), Exists = false }, false, null));

    [Theory]
    [MemberData(nameof(Situations))]
    public void Detect_fires_only_for_what_is_in_trouble(string sentence, Situation situation, bool fires, int? lookAgain) =>
        Judge(new StuckTerminatingDetector(), sentence, situation, fires, lookAgain);
}
