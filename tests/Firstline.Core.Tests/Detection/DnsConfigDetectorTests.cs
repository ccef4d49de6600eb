using Firstline.Core.Detection;
using Firstline.Core.Facts;
using Xunit;
using static Firstline.Core.Tests.Detection.DetectorTable;
using static Firstline.Core.Tests.Facts.Given;
using static Firstline.Core.Tests.Facts.GivenAround;

namespace Firstline.Core.Tests.Detection;

public sealed class DnsConfigDetectorTests
{
    private const string Sound = ".:53 {\n    errors\n    kubernetes cluster.local in-addr.arpa ip6.arpa\n    forward . /etc/resolv.conf\n    cache 30\n}\n";

    public static TheoryData<string, Situation, bool, int?> Situations { get; } = Rows(
        ("a template answers that names do not exist", Of(Dns(Sound + "shop.svc.cluster.local:53 {\n    template ANY ANY {\n        rcode NXDOMAIN\n    }\n}\n")), true, null),
        ("it does not know the cluster's names", Of(Dns(Sound.Replace("kubernetes", "# kubernetes", StringComparison.Ordinal))), true, null),
        ("it asks itself", Of(Dns(Sound.Replace("/etc/resolv.conf", "127.0.0.1", StringComparison.Ordinal))), true, null),
        ("it was changed half a minute ago", Of(Dns(Sound.Replace("/etc/resolv.conf", "127.0.0.1", StringComparison.Ordinal), changed: 30)), false, 30),
        ("it is sound", Of(Dns(Sound)), false, null),
        ("a template answers with addresses", Of(Dns(Sound + "a.example:53 {\n    template IN A {\n        answer \"{{ .Name }} 60 IN A 10.0.0.1\"\n    }\n}\n")), false, null),
        ("it configures something else", Of(Dns("x")) with { ConfigMaps = [Config()] }, false, null),
        ("it is gone", Of(Dns(Sound.Replace("/etc/resolv.conf", "127.0.0.1", StringComparison.Ordinal))) with { Exists = false }, false, null));

    [Theory]
    [MemberData(nameof(Situations))]
    public void Detect_fires_only_for_what_is_in_trouble(string sentence, Situation situation, bool fires, int? lookAgain) =>
        Judge(new DnsConfigDetector(), sentence, situation, fires, lookAgain);
}
