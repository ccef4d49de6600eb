using Firstline.Core.Detection;
using Firstline.Core.Facts;
using Xunit;
using static Firstline.Core.Tests.Detection.DetectorTable;
using static Firstline.Core.Tests.Facts.Given;
using static Firstline.Core.Tests.Facts.GivenAround;

namespace Firstline.Core.Tests.Detection;

public sealed class WebhookDetectorTests
{
    public static TheoryData<string, Situation, bool, int?> Situations { get; } = Rows(
        ("its Service does not exist", Of(Webhook(Hook("gone"))), true, null),
        ("its Service has no endpoint", Of(Webhook(Hook())) with { Around = new() { Services = [Service()], Endpoints = [Endpoints(ready: 0, unready: 1)] } }, true, null),
        ("one of its hooks is dead", Of(Webhook(Hook(), Hook("gone"))), true, null),
        ("it was made a minute ago", Of(Webhook(Hook("gone")) with { CreatedAt = Ago(60) }), false, 120),
        ("it lets pass what it cannot judge", Of(Webhook(Hook("gone", blocks: false))), false, null),
        ("it is called by URL", Of(Webhook(Hook() with { ServiceName = null, ServiceNamespace = null })), false, null),
        ("it is served", Of(Webhook(Hook())), false, null),
        ("its Service is that of another namespace", Of(Webhook(Hook() with { ServiceNamespace = "other" })), true, null),
        ("it is gone", Of(Webhook(Hook("gone"))) with { Exists = false }, false, null),
        ("it is a workload", Deployment(Pod(Running())), false, null));

    [Theory]
    [MemberData(nameof(Situations))]
    public void Detect_fires_only_for_what_is_in_trouble(string sentence, Situation situation, bool fires, int? lookAgain) =>
        Judge(new WebhookDetector(), sentence, situation, fires, lookAgain);
}
