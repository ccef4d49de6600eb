using Firstline.Api.V1Alpha1;
using Firstline.Core.Facts;
using Firstline.Host.Http;
using Firstline.Host.Outside;
using FluentAssertions;
using Xunit;

namespace Firstline.Host.Tests.Outside;

public sealed class HttpProbeTests
{
    private static readonly TargetRef Web = new() { Kind = "Deployment", Namespace = "shop", Name = "web" };

    [Theory]
    [InlineData(200)]
    [InlineData(503)]
    [InlineData(302)]
    public async Task The_status_of_the_configured_address_is_told(int status)
    {
        await using ScriptedPlace elsewhere = await ScriptedPlace.StartAsync("GET", "/shop/web", 200, "");
        await using ScriptedPlace server = await ScriptedPlace.StartAsync("GET", "/shop/web", context =>
        {
            context.Response.Headers.Location = new Uri(elsewhere.Address, "/shop/web").ToString();
            return context.AnswerAsync(status, new string('x', 100_000), "text/plain");
        });
        using HttpProbe probe = new([new("shop", $"{server.Address}{{namespace}}/{{name}}", null)]);

        (await probe.ProbeAsync("shop", Web, CancellationToken.None)).Should().Be(new ProbeAnswer.Status(status));

        server.Asked.Should().ContainSingle();
        elsewhere.Asked.Should().BeEmpty("a redirect is not followed");
    }

    [Theory]
    [InlineData("a name that is not configured", "other", "web", "the operator's destinations file has no such probe")]
    [InlineData("a target whose name would change the address", "shop", "web.attacker.example", "the target's name is no part of an address")]
    [InlineData("a place that is away", "shop", "web", "shop: it can't be reached (does the operator's NetworkPolicy let it through?)")]
    public async Task Whatever_is_not_answered_is_unknown(string situation, string destination, string name, string why)
    {
        using HttpProbe probe = new([new("shop", "http://127.0.0.1:1/{name}", null)]);
        (await probe.ProbeAsync(destination, Web with { Name = name }, CancellationToken.None)).Should().Be(new ProbeAnswer.Unknown(why), situation);
    }
}
