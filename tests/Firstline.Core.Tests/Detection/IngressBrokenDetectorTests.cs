using Firstline.Core.Detection;
using Firstline.Core.Facts;
using Xunit;
using static Firstline.Core.Tests.Detection.DetectorTable;
using static Firstline.Core.Tests.Facts.Given;
using static Firstline.Core.Tests.Facts.GivenAround;

namespace Firstline.Core.Tests.Detection;

public sealed class IngressBrokenDetectorTests
{
    public static TheoryData<string, Situation, bool, int?> Situations { get; } = Rows(
        ("its class does not exist", Of(Ingress("gone")), true, null),
        ("it names no class, and none is the default", Of(Ingress() with { Class = null }), true, null),
        ("its backend does not exist", Of(Ingress(service: "gone")), true, null),
        ("its backend has no such port", Of(Ingress(port: "8443")), true, null),
        ("its Secret does not exist", Of(Ingress(secret: "gone")), true, null),
        ("its backend does not exist yet", Of(Ingress(service: "gone", age: 60)), false, 60),
        ("Secrets are not observed, so that nobody knows", Of(Ingress(secret: "gone")) with { Around = Routed with { Secrets = null } }, false, null),
        ("all is there", Of(Ingress()), false, null),
        ("it names no class, and one is the default", Of(Ingress() with { Class = null }) with { Around = Routed with { IngressClasses = [new("nginx", true)] } }, false, null),
        ("classes cannot be seen", Of(Ingress("gone")) with { Around = Routed with { SeesCluster = false, IngressClasses = [] } }, false, null),
        ("it names its backend's port by name", Of(Ingress(port: "http")) with { Around = Routed with { Services = [Service() with { Ports = [new("http", 80, "8080")] }] } }, false, null),
        ("it is gone", Of(Ingress("gone")) with { Exists = false }, false, null),
        ("it is a workload", Deployment(Pod(Running())), false, null));

    [Theory]
    [MemberData(nameof(Situations))]
    public void Detect_fires_only_for_what_is_in_trouble(string sentence, Situation situation, bool fires, int? lookAgain) =>
        Judge(new IngressBrokenDetector(), sentence, situation, fires, lookAgain);
}
