using Firstline.Cli.Demo;
using FluentAssertions;
using Xunit;

namespace Firstline.Cli.Tests.Demo;

public sealed class DemoOutcomeTests
{
    private static readonly DemoOutcome Good = new() { L1Resolved = true, L2Waited = true, L2Resolved = true };

    [Fact]
    public void Failure_is_none_when_all_was_shown() => Good.Failure.Should().BeNull();

    [Fact]
    public void Failure_names_what_was_not_shown()
    {
        new DemoOutcome().Failure.Should().NotBeNull("what nobody saw did not happen");
        (Good with { L1Resolved = false }).Failure.Should().Be("the L1 incident of Deployment/web was not verified resolved");
        (Good with { L2Waited = false }).Failure.Should().Be("the L2 remediation of Deployment/checkout did not wait for its approval");
        (Good with { L2Resolved = false }).Failure.Should().Be("the L2 incident of Deployment/checkout was not approved and resolved");
        (Good with { Interruption = "no" }).Failure.Should().Be("no");
    }
}
