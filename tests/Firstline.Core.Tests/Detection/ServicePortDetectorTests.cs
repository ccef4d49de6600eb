using Firstline.Core.Detection;
using Firstline.Core.Facts;
using Xunit;
using static Firstline.Core.Tests.Detection.DetectorTable;
using static Firstline.Core.Tests.Facts.Given;
using static Firstline.Core.Tests.Facts.GivenAround;

namespace Firstline.Core.Tests.Detection;

public sealed class ServicePortDetectorTests
{
    public static TheoryData<string, Situation, bool, int?> Situations { get; } = Rows(
        ("no container has its targetPort", Of(Service(target: "9090")) with { Around = Sound }, true, null),
        ("no container has a port of that name", Of(Service(target: "http")) with { Around = Sound }, true, null),
        ("it sets no targetPort, and no container has its port", Of(Service(target: "")) with { Around = Sound }, true, null),
        ("it was changed with its workload a minute ago", Of(Service(target: "9090", age: 60)) with { Around = Sound }, false, 60),
        ("the container has it", Of(Service()) with { Around = Sound }, false, null),
        ("the container has a port of that name", Of(Service(target: "http")) with { Around = new() { Workloads = [Workload(container: """{"name":"app","ports":[{"name":"http","containerPort":1}]}""")] } }, false, null),
        ("the containers do not say what ports they have", Of(Service(target: "9090")) with { Around = new() { Workloads = [Workload(container: """{"name":"app"}""")] } }, false, null),
        ("it leads to another workload", Of(Service(app: "other", target: "9090")) with { Around = Sound }, false, null),
        ("its workload is scaled to zero", Of(Service(target: "9090")) with { Around = new() { Workloads = [Workload() with { DesiredPods = 0 }] } }, false, null),
        ("it is gone", Of(Service(target: "9090")) with { Around = Sound, Exists = false }, false, null),
        ("it is a workload", Deployment(Pod(Running())), false, null));

    [Theory]
    [MemberData(nameof(Situations))]
    public void Detect_fires_only_for_what_is_in_trouble(string sentence, Situation situation, bool fires, int? lookAgain) =>
        Judge(new ServicePortDetector(), sentence, situation, fires, lookAgain);

    private static Surroundings Sound => new() { Workloads = [Workload()] };
}
