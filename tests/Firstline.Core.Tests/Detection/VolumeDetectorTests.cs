using Firstline.Core.Detection;
using Firstline.Core.Facts;
using Xunit;
using static Firstline.Core.Tests.Detection.DetectorTable;
using static Firstline.Core.Tests.Facts.Given;
using static Firstline.Core.Tests.Facts.GivenAround;

namespace Firstline.Core.Tests.Detection;

public sealed class VolumeDetectorTests
{
    public static TheoryData<string, Situation, bool, int?> Situations { get; } = Rows(
        ("it failed", Of(Volume("Failed")), true, null),
        ("it waits for its owner", Of(Volume("Released")), false, null),
        ("it is bound", Of(Volume("Bound")), false, null),
        ("it was deleted", Of(Volume("Failed") with { Deletion = new(Ago(10), []) }), false, null),
        ("it is gone", Of(Volume("Failed")) with { Exists = false }, false, null),
        ("it is a workload", Deployment(Pod(Running())), false, null));

    [Theory]
    [MemberData(nameof(Situations))]
    public void Detect_fires_only_for_what_is_in_trouble(string sentence, Situation situation, bool fires, int? lookAgain) =>
        Judge(new VolumeDetector(), sentence, situation, fires, lookAgain);
}
