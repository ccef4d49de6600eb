using Firstline.Core.Detection;
using Firstline.Core.Facts;
using Xunit;
using static Firstline.Core.Tests.Detection.DetectorTable;
using static Firstline.Core.Tests.Facts.Given;
using static Firstline.Core.Tests.Facts.GivenAround;

namespace Firstline.Core.Tests.Detection;

public sealed class ServiceEndpointsDetectorTests
{
    public static TheoryData<string, Situation, bool, int?> Situations { get; } = Rows(
        ("its selector selects nothing", Of(Service(app: "wbe")) with { Around = Sound }, true, null),
        ("it was made a minute ago", Of(Service(app: "wbe", age: 60)) with { Around = Sound }, false, 120),
        ("it selects a workload without ready pods, which is reported itself", Of(Service()) with { Around = Sound }, false, null),
        ("it selects pods of a controller that is not known", Of(Service(app: "other")) with { Around = Sound with { Endpoints = [Endpoints(unready: 1, ready: 0)] } }, false, null),
        ("it has no selector", Of(Service() with { Selector = System.Collections.Immutable.ImmutableSortedDictionary<string, string>.Empty }), false, null),
        ("it is another name for something outside", Of(Service(app: "wbe") with { Type = "ExternalName" }), false, null),
        ("it was deleted", Of(Service(app: "wbe") with { Deletion = new(Ago(10), []) }), false, null),
        ("it is gone", Of(Service(app: "wbe")) with { Exists = false }, false, null),
        ("it is a workload", Deployment(Pod(Running())), false, null));

    [Theory]
    [MemberData(nameof(Situations))]
    public void Detect_fires_only_for_what_is_in_trouble(string sentence, Situation situation, bool fires, int? lookAgain) =>
        Judge(new ServiceEndpointsDetector(), sentence, situation, fires, lookAgain);

    private static Surroundings Sound => new() { Workloads = [Workload()] };
}
