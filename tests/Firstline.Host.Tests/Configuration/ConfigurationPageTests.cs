using System.Collections.Immutable;
using System.Text;
using Firstline.Host.Configuration;
using Firstline.Host.Options;
using Firstline.Testing;
using FluentAssertions;
using Xunit;
using YamlDotNet.RepresentationModel;

namespace Firstline.Host.Tests.Configuration;

/// <summary>docs/configuration.md lists what the code has, no more and no less; and the file that is installed can be used.</summary>
public sealed class ConfigurationPageTests
{
    [Fact]
    public void Table_of_options_is_that_of_the_code()
    {
        StringBuilder table = new();
        foreach (OperatorSetting s in OperatorSettings.All)
        {
            string values = s.Value.Contains('|', StringComparison.Ordinal) ? string.Join(", ", s.Value.Split('|').Select(static v => $"`{v}`")) : s.Value;
            string @default = s.Default.Length == 0 ? "" : $"`{s.Default}`";
            table.Append($"| {(s.Field.Length == 0 ? "" : $"`{s.Field}`")} | `{s.Option}` | {values} | {@default} | {(s.IsLive ? "at once" : "restart")} | {s.Description} |\n");
        }

        File.ReadAllText(Path.Combine(Checkout.Folder, "docs/configuration.md")).Should().Contain(table.ToString());
    }

    [Fact]
    public void Installed_file_has_no_problems_and_opens_the_ports_of_the_Deployment()
    {
        string[] manifest = File.ReadAllLines(Path.Combine(Checkout.Folder, "config/manager/config.yaml"));
        IEnumerable<string> file = manifest.SkipWhile(static l => l != "  config.yaml: |").Skip(1).Select(static l => l.Length < 4 ? "" : l[4..]);

        ConfigurationFile read = ConfigurationReader.Read(string.Join('\n', file));

        read.Problems.Should().BeEmpty();
        OperatorOptions options = read.ApplyTo(new OperatorOptions(), "config.yaml");
        (options.Health.Port, options.Health.Address.ToString(), options.LogFormat).Should().Be((8081, "0.0.0.0", LogFormat.Json));
    }

    [Fact]
    public void Installed_NetworkPolicy_lets_the_operator_out_to_API_servers_wherever_they_are()
    {
        YamlNode policy = YamlText.Load(File.ReadAllText(Path.Combine(Checkout.Folder, "config/manager/networkpolicy.yaml")), ImmutableArray.CreateBuilder<ConfigurationProblem>())!;

        YamlSequenceNode rules = (YamlSequenceNode)policy["spec"]["egress"];

        YamlMappingNode anywhere = rules.Cast<YamlMappingNode>().Should().ContainSingle(static r => !r.Children.ContainsKey("to")).Subject;
        ((YamlSequenceNode)anywhere["ports"]).Select(static p => p["port"].ToString()).Should().Contain(["443", "6443"]);
    }
}
