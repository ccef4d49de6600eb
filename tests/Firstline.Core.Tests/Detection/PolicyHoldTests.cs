using Firstline.Api.Meta;
using Firstline.Api.V1Alpha1;
using Firstline.Core.Detection;
using FluentAssertions;
using Xunit;
using static Firstline.Core.Tests.Facts.Given;

namespace Firstline.Core.Tests.Detection;

/// <summary>A crash loop of Deployment web in namespace shop that began a minute ago.</summary>
public sealed class PolicyHoldTests
{
    /// <summary>A sentence, the policy, and for how many seconds the finding is held back; null when it is reported.</summary>
    public static TheoryData<string, RemediationPolicySpec?, int?> Policies { get; } = new()
    {
        { "a maintenance of its namespace lasts for another hour", Frozen(Freeze("shop")), 3600 },
        { "a maintenance of everything", Frozen(Freeze()), 3600 },
        { "two maintenances, of which one lasts longer", Frozen(Freeze("shop"), Freeze() with { Name = "b", Until = Now.AddHours(2) }), 7200 },
        { "it must have lasted for ten minutes", Asking(Patience()), 540 },
        { "it must have lasted for ten minutes, and a maintenance ends in an hour", Asking(Patience()) with { Freezes = [Freeze()] }, 3600 },
        { "all of the namespace must have lasted for ten minutes", Asking(Patience() with { Detectors = [], Namespaces = ["shop"] }), 540 },
        { "there is no policy", null, null },
        { "the policy says nothing", new(), null },
        { "a freeze that is no maintenance stops changes, and no reports", Frozen(Freeze() with { Maintenance = false }), null },
        { "a maintenance of another namespace", Frozen(Freeze("bank")), null },
        { "a maintenance that is over", Frozen(Freeze() with { Until = Now }), null },
        { "a maintenance that begins later", Frozen(Freeze() with { From = Now.AddMinutes(1) }), null },
        { "it must have lasted for a minute, and has", Asking(Patience() with { LastsFor = Duration.From(TimeSpan.FromMinutes(1)) }), null },
        { "those of another detector must last", Asking(Patience() with { Detectors = ["OomKilled"] }), null },
        { "those of another namespace must last", Asking(Patience() with { Namespaces = ["bank"] }), null },
    };

    [Theory]
    [MemberData(nameof(Policies))]
    public void Of_holds_back_what_the_policy_declares(string sentence, RemediationPolicySpec? policy, int? seconds) =>
        (PolicyHold.Of(Found, policy, Now)?.Until).Should().Be(seconds is { } s ? Now.AddSeconds(s) : null, sentence);

    [Fact]
    public void Of_says_which_rule_holds_it_back()
    {
        PolicyHold.Of(Found, Frozen(Freeze()), Now)!.Value.Why.Should().Be("freeze storage is a maintenance (ask the storage team)");
        PolicyHold.Of(Found, Asking(Patience()), Now)!.Value.Why.Should().Be("patience flaps of the policy asks that it lasts for 10m");
    }

    [Fact]
    public void Of_counts_a_namespace_as_in_itself_and_an_object_of_the_cluster_as_in_none()
    {
        Finding ending = Found with { Target = new() { ApiVersion = "v1", Kind = "Namespace", Name = "shop" } };
        Finding node = Found with { Target = new() { ApiVersion = "v1", Kind = "Node", Name = "shop" } };

        PolicyHold.Of(ending, Frozen(Freeze("shop")), Now).Should().NotBeNull();
        PolicyHold.Of(node, Frozen(Freeze("shop")), Now).Should().BeNull();
        PolicyHold.Of(node, Frozen(Freeze()), Now).Should().NotBeNull();
    }

    private static Finding Found => new() { Detector = "CrashLoop", Fingerprint = "f", Target = Target(), Summary = "it crashes", Since = Ago(60) };

    private static ChangeFreeze Freeze(params string[] namespaces) => new()
    {
        Name = "storage", From = Now.AddHours(-1), Until = Now.AddHours(1), Reason = "ask the storage team", Namespaces = [.. namespaces], Maintenance = true,
    };

    private static PatienceRule Patience() => new() { Name = "flaps", Detectors = ["CrashLoop"], LastsFor = Duration.From(TimeSpan.FromMinutes(10)) };

    private static RemediationPolicySpec Frozen(params ChangeFreeze[] freezes) => new() { Freezes = [.. freezes] };

    private static RemediationPolicySpec Asking(PatienceRule rule) => new() { Patience = [rule] };
}
