using System.Net;
using Firstline.Host.Configuration;
using Firstline.Host.Options;
using FluentAssertions;
using Xunit;

namespace Firstline.Host.Tests.Options;

public sealed class OperatorSettingsTests
{
    [Fact]
    public void Read_takes_the_command_line_over_the_environment_over_the_default()
    {
        Dictionary<string, string> environment = new() { ["FIRSTLINE_HEALTH_PORT"] = "1001", ["FIRSTLINE_WEBHOOK_PORT"] = "1002" };

        OperatorOptions options = OptionLayers.Of(["--webhook-port", "2002", "--webhook-address=0.0.0.0", "--log-format", "json", "--leader-election=off"], environment.GetValueOrDefault).Load();

        options.Health.Port.Should().Be(1001);
        options.Webhook.Listener.Port.Should().Be(2002);
        options.Webhook.Listener.Address.Should().Be(IPAddress.Any);
        options.Health.Address.Should().Be(IPAddress.Loopback, "nothing listens to the network by default");
        options.LogFormat.Should().Be(LogFormat.Json);
        options.LeaderElection.Should().Be(LeaderElectionMode.Off);
        options.Namespace.Should().Be("firstline-system");
    }

    [Theory]
    [InlineData("unknown option", "--webhok-port=1", "--webhok-port is not an option; there are: --config, --kubeconfig*")]
    [InlineData("a port that is none", "--health-port=99999", "--health-port cannot be '99999': a port is a number from 0 to 65535*")]
    [InlineData("an address that is none", "--health-address=here", "--health-address cannot be 'here': it is an IP address*")]
    [InlineData("a word that is none of the choices", "--log-format=xml", "--log-format cannot be 'xml': it is one of text, json")]
    [InlineData("a number where a word belongs", "--leader-election=1", "--leader-election cannot be '1': it is one of off, on")]
    [InlineData("a duration that is none", "--startup-timeout=soon", "--startup-timeout cannot be 'soon': a duration is written as*")]
    [InlineData("a pattern that looks behind", "--redact=(?<=a)b", "--redact cannot be *: it is a regular expression without look-around and back-references*")]
    [InlineData("a pattern that is none", "--redact=(", "--redact cannot be *: it is a regular expression*")]
    [InlineData("a dashboard of a place that nothing is known for", "--dashboard-url=https://grafana.example/{pod}", "--dashboard-url cannot be *: it is an address such as *: {pod} is none of *")]
    [InlineData("a dashboard that is no address", "--dashboard-url=javascript:alert(1)", "--dashboard-url cannot be *: it is an address such as *")]
    [InlineData("a lease of no whole seconds", "--lease-duration=1500ms", "--lease-duration cannot be '1500ms': it is a number of whole seconds*")]
    [InlineData("a lease that ends before its leader stops", "--lease-duration=10s", "lease.renewDeadline (10s) must be shorter than lease.duration (10s)*")]
    [InlineData("looks that come later than the leader stops", "--lease-retry-period=10s", "lease.retryPeriod (10s) must be shorter than lease.renewDeadline (10s)*")]
    [InlineData("looks without a pause", "--lease-retry-period=0s", "--lease-retry-period cannot be '0s': it is longer than 0s")]
    [InlineData("a namespace that can be none", "--namespaces=shop,Bank", "--namespaces cannot be 'shop,Bank': the name of a namespace has*")]
    [InlineData("a model that is spoken to in no known way", "--model-provider=acme", "--model-provider cannot be 'acme': it is one of none, openai, anthropic")]
    [InlineData("a model without a name", "--model-provider=openai", "model.name is missing: *")]
    [InlineData("a key for nothing", "--model-key-file=key", "model.provider is not set, so that no model would be asked: *")]
    [InlineData("an endpoint that is none", "--model-endpoint=vllm:8000", "--model-endpoint cannot be 'vllm:8000': it is an address *")]
    [InlineData("no time for an answer", "--model-timeout=0s", "--model-timeout cannot be '0s': it is longer than 0s")]
    [InlineData("an amount that is none", "--model-money-per-day=-1", "--model-money-per-day cannot be '-1': it is an amount such as 0.25*")]
    [InlineData("no calls at all", "--model-calls-per-day=0", "--model-calls-per-day cannot be '0': it is a whole number from 1*")]
    [InlineData("no value", "--context", "--context needs a value: *")]
    public void Read_refuses_in_one_sentence(string situation, string argument, string message)
    {
        Action read = () => OptionLayers.Of([argument], static _ => null).Load();

        read.Should().Throw<OperatorStartException>(situation).WithMessage(message);
    }

    [Theory]
    [InlineData("no key for the vendor's endpoint", "model.keyFile is missing: anthropic's own endpoint asks for a key*", "")]
    [InlineData("a question that nobody waits for", "model.timeout (15m) must not be longer than 9m*", "keyFile: key, timeout: 15m")]
    [InlineData("a request that may take longer than the question", "model.requestTimeout (1h) must not be longer than model.timeout (1m20s)*", "keyFile: key, requestTimeout: 1h")]
    [InlineData("money without prices", "model.limits in money need model.price.input and model.price.output*", "keyFile: key, limits: {moneyPerDay: 1.5}")]
    public void Read_names_what_does_not_fit_together_in_a_model(string situation, string message, string more)
    {
        ConfigurationFile file = ConfigurationReader.Read($"log:\n  level: debug\nmodel: {{provider: anthropic, name: some-model, {more}}}");

        ConfigurationProblem problem = file.Problems.Should().ContainSingle(situation).Subject;
        problem.Line.Should().Be(3);
        problem.Message.Should().Match(message);
    }

    [Fact]
    public void A_model_of_ones_own_needs_no_key()
    {
        OperatorOptions options = OptionLayers.Of(
            ["--model-provider=openai", "--model-name=qwen", "--model-endpoint=http://vllm.models:8000/v1", "--model-money-per-day=2.5", "--model-input-price=0.1", "--model-tokens-per-incident=5000"],
            static _ => null).Load();

        (options.Model.IsOn, options.Model.Limits.MoneyPerDay, options.Model.Limits.TokensPerIncident, options.Model.KeyFile).Should().Be((true, 2.5m, 5000L, null));
    }

    [Fact]
    public void Read_names_the_variable_when_the_environment_is_wrong()
    {
        Action read = () => OptionLayers.Of([], static name => name == "FIRSTLINE_HEALTH_PORT" ? "x" : null).Load();

        read.Should().Throw<OperatorStartException>().WithMessage("FIRSTLINE_HEALTH_PORT cannot be 'x'*");
    }

    [Fact]
    public void IsOn_is_false_for_a_webhook_without_a_token_unless_that_is_asked_for()
    {
        new WebhookOptions().IsOn.Should().BeFalse();
        new WebhookOptions { TokenFile = "token" }.IsOn.Should().BeTrue();
        new WebhookOptions { Authentication = WebhookAuthentication.None }.IsOn.Should().BeTrue();
    }
}
