using System.Net;
using Firstline.Host.Configuration;
using Firstline.Host.Options;
using FluentAssertions;
using Xunit;

namespace Firstline.Host.Tests.Configuration;

public sealed class ConfigurationReaderTests
{
    [Fact]
    public void Read_takes_each_field_of_a_file()
    {
        ConfigurationFile file = ConfigurationReader.Read(
            """
            # a comment
            leaderElection: off
            startupTimeout: 1m30s
            health: {address: 0.0.0.0, port: 8081}
            webhook:
              tokenFile: "/etc/token"
              tls:
                keyFile: /etc/key
            log:
            """);

        file.Problems.Should().BeEmpty();
        OperatorOptions options = file.ApplyTo(new OperatorOptions(), "config.yaml");
        (options.LeaderElection, options.StartupTimeout).Should().Be((LeaderElectionMode.Off, TimeSpan.FromSeconds(90)));
        (options.Health.Address, options.Health.Port).Should().Be((IPAddress.Any, 8081));
        (options.Webhook.TokenFile, options.Webhook.Listener.TlsKeyFile).Should().Be(("/etc/token", "/etc/key"));
    }

    [Theory]
    [InlineData("namespaces: [shop, bank]")]
    [InlineData("namespaces:\n- shop\n- bank")]
    [InlineData("namespaces: shop, bank")]
    public void Read_takes_several_namespaces(string yaml) =>
        ConfigurationReader.Read(yaml).ApplyTo(new OperatorOptions(), "config.yaml").Namespaces.Should().Equal("shop", "bank");

    [Theory]
    [InlineData("an empty file", "")]
    [InlineData("nothing but comments", "# nothing yet\n")]
    public void Read_of_nothing_sets_nothing(string situation, string yaml) => ConfigurationReader.Read(yaml).Should().BeEquivalentTo(
        new { Settings = Array.Empty<GivenSetting>(), Problems = Array.Empty<ConfigurationProblem>() }, situation);

    [Theory]
    [InlineData("a mistyped section", "webhok:\n  port: 1\n", 1, 1, "unknown field \"webhok\", did you mean \"webhook\"?")]
    [InlineData("a mistyped field", "webhook:\n  address: ::1\n  prot: 1\n", 3, 3, "unknown field \"webhook.prot\", did you mean \"webhook.port\"?")]
    [InlineData("a field at the wrong place", "logLevel: debug\n", 1, 1, "unknown field \"logLevel\", did you mean \"log.level\"?")]
    [InlineData("the option's own name", "config: other.yaml\n", 1, 1, "unknown field \"config\", did you mean \"context\"?")]
    [InlineData("a value that does not fit", "health:\n  port: many\n", 2, 9, "health.port cannot be 'many': a port is a number from 0 to 65535; 0 takes a free one")]
    [InlineData("a field without a value", "health:\n  port:\n", 2, 8, "health.port needs a value, port: give one or remove the field")]
    [InlineData("a section for a value", "health:\n  port: {number: 1}\n", 2, 9, "health.port needs a value, port: give one or remove the field")]
    [InlineData("a list for a single value", "health:\n  port: [1]\n", 2, 9, "health.port needs a value, port: give one or remove the field")]
    [InlineData("a value for a section", "health: 8081\n", 1, 9, "health is a section: write its fields below it, indented")]
    [InlineData("a list as the whole file", "- health\n", 1, 1, "it holds no fields: write field: value")]
    [InlineData("a field twice", "log:\n  level: debug\n  level: error\n", 3, 3, "it is not YAML: Duplicate key*")]
    [InlineData("no YAML", "log: {level: debug\n", 2, 1, "it is not YAML: *")]
    [InlineData("times that do not fit together", "lease:\n  duration: 5s\n  renewDeadline: 6s\n", 3, 18, "lease.renewDeadline (6s) must be shorter than lease.duration (5s)*")]
    [InlineData("certificates without their authority", "webhook:\n  authentication: certificate\nhealth:\n  port: 1\n", 2, 19, "webhook.authentication certificate needs webhook.tls.clientAuthorityFile*")]
    [InlineData("an authority without TLS", "webhook:\n  tls:\n    clientAuthorityFile: ca.pem\n", 3, 26, "webhook.tls.clientAuthorityFile needs webhook.tls.certificateFile*")]
    [InlineData("a namespace that can be none", "namespaces:\n- shop\n- Bank\n", 3, 3, "an item of namespaces cannot be 'Bank': the name of a namespace has at most 63 lower-case letters*")]
    [InlineData("a list in a list of namespaces", "namespaces: [[shop]]\n", 1, 14, "an item of namespaces cannot be '': the name of a namespace*")]
    [InlineData("a namespace twice", "namespaces: [shop, shop]\n", 1, 13, "namespaces cannot be 'shop,shop': it names shop twice")]
    [InlineData("no namespace at all", "namespaces: []\n", 1, 13, "namespaces needs a value, names: give one or remove the field")]
    [InlineData("a second document", "log: {level: debug}\n---\nlog: {level: error}\n", 3, 1, "there is a second document*")]
    public void Read_names_the_place_of_each_mistake(string situation, string yaml, int line, int column, string message)
    {
        ConfigurationProblem problem = ConfigurationReader.Read(yaml).Problems.Should().ContainSingle(situation).Subject;

        problem.Message.Should().Match(message);
        (problem.Line, problem.Column).Should().Be((line, column));
    }

    [Fact]
    public void ApplyTo_takes_nothing_of_a_file_with_mistakes_and_says_how_to_see_them_all()
    {
        ConfigurationFile file = ConfigurationReader.Read("log: {level: debug, colour: red}\nhealth: {port: x}\n");

        Action apply = () => file.ApplyTo(new OperatorOptions(), "/etc/firstline/config.yaml");

        apply.Should().Throw<OperatorStartException>().WithMessage(
            "/etc/firstline/config.yaml:1:21: unknown field \"log.colour\", did you mean \"*\"? (the first of 2 problems: firstline config check /etc/firstline/config.yaml)");
    }
}
