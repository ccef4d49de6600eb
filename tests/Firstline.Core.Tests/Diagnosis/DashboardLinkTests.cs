using Firstline.Api.V1Alpha1;
using Firstline.Core.Diagnosis;
using Firstline.Core.Facts;
using FluentAssertions;
using Xunit;
using static Firstline.Core.Tests.Facts.Given;

namespace Firstline.Core.Tests.Diagnosis;

public sealed class DashboardLinkTests
{
    [Fact]
    public void The_first_page_links_to_the_numbers_from_an_hour_before_the_trouble()
    {
        Situation situation = Deployment(Pod(BackingOff(), unreadyFor: 600));

        DiagnosisReport report = Diagnoser.Diagnose(new(new() { Target = situation.Subject }, [], situation, Now)
        {
            Dashboard = new("https://grafana.example/d/{kind}?var-ns={namespace}&name={name}&from={from}&to={to}"),
        });

        report.Triage.Dashboard.Should().Be($"https://grafana.example/d/Deployment?var-ns=shop&name=web&from={Ago(4200).ToUnixTimeMilliseconds()}&to={Now.ToUnixTimeMilliseconds()}");
    }

    [Theory]
    [InlineData("a name that would end its place", "a&b=c/../#x", "https://grafana.example/?q=a%26b%3Dc%2F..%2F%23x")]
    [InlineData("an ordinary name", "web-1.2", "https://grafana.example/?q=web-1.2")]
    public void Of_escapes_what_it_fills_in(string sentence, string name, string expected) =>
        new DashboardLink("https://grafana.example/?q={name}").Of(new TargetRef { Kind = "Pod", Name = name }, Now, Now).Should().Be(expected, sentence);

    [Fact]
    public void Of_leaves_out_a_link_that_is_too_long() =>
        new DashboardLink($"https://grafana.example/?q={string.Concat(Enumerable.Repeat("{name}", 10))}").Of(new TargetRef { Kind = "Pod", Name = new('x', 253) }, Now, Now).Should().BeNull();

    [Theory]
    [InlineData("no address", "grafana/{name}", "*is no address*")]
    [InlineData("another protocol", "javascript:alert({name})", "*is no address*")]
    [InlineData("a file", "file:///{name}", "*is no address*")]
    [InlineData("a user in it", "https://ann:pw@grafana.example/{name}", "*is no address*")]
    [InlineData("a host that is filled in", "https://{name}/d", "*is no address*")]
    [InlineData("a place that nothing is known for", "https://grafana.example/{pod}", "{pod} is none of*")]
    public void A_template_that_can_be_none_is_refused(string sentence, string template, string message) =>
        FluentActions.Invoking(() => new DashboardLink(template)).Should().Throw<ArgumentException>(sentence).WithMessage(message);
}
