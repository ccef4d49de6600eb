using Firstline.Api.V1Alpha1;
using Firstline.Core.Planning;
using FluentAssertions;
using Xunit;

namespace Firstline.Core.Tests.Planning;

public sealed class VerificationTextTests
{
    [Theory]
    [InlineData("a workload", "shop", "web", """rate(errors{namespace="shop",deployment="web"}[5m])""")]
    [InlineData("a target without a namespace", null, "node-1", """rate(errors{namespace="home",deployment="node-1"}[5m])""")]
    [InlineData("a name that would end the string", "shop", "web\"} or vector(0) #", """rate(errors{namespace="{namespace}",deployment="{name}"}[5m])""")]
    [InlineData("a namespace that would", "shop\"", "web", """rate(errors{namespace="{namespace}",deployment="{name}"}[5m])""")]
    public void For_puts_the_names_of_the_target_into_its_queries(string situation, string? ns, string name, string expected)
    {
        VerificationSpec spec = new() { Metrics = [new() { Name = "errors", Query = """rate(errors{namespace="{namespace}",deployment="{name}"}[5m])""", Max = "0.01" }] };
        VerificationText.For(spec, new() { Kind = "Deployment", Namespace = ns, Name = name }, "home").Metrics[0].Query.Should().Be(expected, situation);
    }
}
