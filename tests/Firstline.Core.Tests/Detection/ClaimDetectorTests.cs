using Firstline.Core.Detection;
using Firstline.Core.Facts;
using Xunit;
using static Firstline.Core.Tests.Detection.DetectorTable;
using static Firstline.Core.Tests.Facts.Given;
using static Firstline.Core.Tests.Facts.GivenAround;

namespace Firstline.Core.Tests.Detection;

public sealed class ClaimDetectorTests
{
    public static TheoryData<string, Situation, bool, int?> Situations { get; } = Rows(
        ("no volume came for an hour", Of(Claim()), true, null),
        ("its class does not exist", Of(Claim(@class: "gone")), true, null),
        ("it lost its volume, and that does not come back", Of(Claim("Lost", age: 1)), true, null),
        ("it was made a minute ago", Of(Claim(age: 60)), false, 120),
        ("its class waits for the first pod", Of(Claim()) with { Around = new() { StorageClasses = [StorageClass(waits: true)] } }, false, null),
        ("it names no class, and the default one waits for the first pod", Of(Claim(@class: null)) with { Around = new() { StorageClasses = [StorageClass("usual", waits: true, isDefault: true)] } }, false, null),
        ("it is bound", Of(Claim("Bound")), false, null),
        ("it was deleted", Of(Claim() with { Deletion = new(Ago(10), []) }), false, null),
        ("it is gone", Of(Claim()) with { Exists = false }, false, null),
        ("it is a workload", Deployment(Pod(Running())), false, null));

    [Theory]
    [MemberData(nameof(Situations))]
    public void Detect_fires_only_for_what_is_in_trouble(string sentence, Situation situation, bool fires, int? lookAgain) =>
        Judge(new ClaimDetector(), sentence, situation, fires, lookAgain);
}
