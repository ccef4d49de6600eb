using Firstline.Host.Outside;
using FluentAssertions;
using Xunit;

namespace Firstline.Host.Tests.Outside;

public sealed class DestinationsReaderTests
{
    [Fact]
    public void Read_takes_the_probes()
    {
        (Destinations read, var problems) = DestinationsReader.Read(
            """
            probes:
            - name: shop
              url: https://shop.example/healthz
              authorityFile: /etc/firstline/ca.crt
            - name: service
              url: http://{name}.{namespace}.svc:8080/healthz
            - name: cluster
              url: http://{name}.{namespace}.svc.cluster.local/{name}
            - name: tenant
              url: https://{name}.shop.example/healthz?of={namespace}
            """);

        problems.Should().BeEmpty();
        ProbeDestination[] expected = [new("shop", "https://shop.example/healthz", "/etc/firstline/ca.crt"), new("service", "http://{name}.{namespace}.svc:8080/healthz", null),
            new("cluster", "http://{name}.{namespace}.svc.cluster.local/{name}", null), new("tenant", "https://{name}.shop.example/healthz?of={namespace}", null)];
        read.Probes.Should().Equal(expected);
    }

    [Fact]
    public void Read_takes_the_webhooks()
    {
        (Destinations read, var problems) = DestinationsReader.Read("webhooks:\n- {name: page, url: 'https://page.example/hook', keyFile: /etc/firstline/page.key}");
        problems.Should().BeEmpty();
        read.Webhooks.Should().ContainSingle().Which.Should().Be(new WebhookDestination("page", "https://page.example/hook", "/etc/firstline/page.key", null));
    }

    [Theory]
    [InlineData("no key", "- {name: page, url: 'https://page.example'}", "it needs a keyFile")]
    [InlineData("an address that the target chooses", "- {name: page, url: 'https://{name}.page.example', keyFile: k}", "url cannot be 'https://{name}.page.example'")]
    public void Read_names_what_is_wrong_with_a_webhook(string situation, string webhooks, string problem) =>
        DestinationsReader.Read($"webhooks:\n{webhooks}").Problems.Should().ContainSingle(situation).Which.Message.Should().Contain(problem);

    [Theory]
    [InlineData("no address", "- name: shop", 2, "url cannot be ''")]
    [InlineData("no name", "- url: http://shop.example", 2, "it needs a name")]
    [InlineData("a name in capitals", "- {name: Shop, url: 'http://shop.example'}", 2, "name cannot be 'Shop'")]
    [InlineData("another scheme", "- {name: shop, url: 'file:///etc/passwd'}", 2, "url cannot be 'file:///etc/passwd'")]
    [InlineData("a user name", "- {name: shop, url: 'http://a:b@shop.example'}", 2, "without a user name")]
    [InlineData("a host that the target chooses", "- {name: shop, url: 'http://{name}/'}", 2, "the names of a target would choose where it goes")]
    [InlineData("a domain that the target chooses", "- {name: shop, url: 'http://api.{name}/'}", 2, "the names of a target would choose where it goes")]
    [InlineData("a domain below one of many", "- {name: shop, url: 'https://{name}.com/'}", 2, "the names of a target would choose where it goes")]
    [InlineData("a part of a domain", "- {name: shop, url: 'https://{name}-shop.example/'}", 2, "the names of a target would choose where it goes")]
    [InlineData("a part of a label", "- {name: shop, url: 'https://api-{name}.shop.example/'}", 2, "a whole label")]
    [InlineData("the same name twice", "- {name: shop, url: 'http://a.example'}\n- {name: shop, url: 'http://b.example'}", 3, "shop is there twice in probes")]
    [InlineData("an unknown field", "- {name: shop, url: 'http://a.example', header: x}", 2, "unknown field \"header\"")]
    public void Read_names_what_is_wrong_with_its_line(string situation, string probes, long line, string problem) =>
        DestinationsReader.Read($"probes:\n{probes}").Problems.Should().Contain(p => p.Line == line && p.Message.Contains(problem), situation);

    [Fact]
    public void A_file_with_a_mistake_stops_the_start()
    {
        using TemporaryFolder folder = new();
        string file = folder.Write("destinations.yaml", "probe: []");
        Action read = () => Destinations.Read(file);
        read.Should().Throw<OperatorStartException>().WithMessage($"{file}:1:1: unknown field \"probe\"*");
        read = () => Destinations.Read(folder.File("none"));
        read.Should().Throw<OperatorStartException>().WithMessage("the destinations file * cannot be read*");
    }
}
