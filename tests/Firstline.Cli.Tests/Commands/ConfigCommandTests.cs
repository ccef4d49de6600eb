using FluentAssertions;
using Xunit;

namespace Firstline.Cli.Tests.Commands;

public sealed class ConfigCommandTests
{
    [Theory]
    [InlineData("a file that can be used", "log: {level: debug}\n", 0, "1 option set, 0 problems\n")]
    [InlineData("a file with mistakes", "log:\n  level: loud\nhealht: {}\n", 1,
        "FILE:2:10: log.level cannot be 'loud': it is one of trace, debug, information, warning, error, critical, none\n"
        + "FILE:3:1: unknown field \"healht\", did you mean \"health\"?\n0 options set, 2 problems\n")]
    public async Task Check_names_file_line_and_column(string situation, string content, int expected, string said)
    {
        using TemporaryFolder folder = new();
        string file = folder.Write("config.yaml", content);

        (int exitCode, string output, string error) = await CommandLine.RunAsync("config", "check", file);

        (exitCode, output, error).Should().Be((expected, said.Replace("FILE", file, StringComparison.Ordinal), ""), situation);
    }

    [Fact]
    public async Task Check_of_a_file_that_is_not_there_is_exit_code_2()
    {
        (int exitCode, _, string error) = await CommandLine.RunAsync("config", "check", "none.yaml");

        exitCode.Should().Be(2);
        error.Should().StartWith("firstline: the configuration file none.yaml cannot be read: ");
    }

    [Fact]
    public async Task Run_refuses_a_file_with_a_mistake_before_it_asks_any_cluster()
    {
        using TemporaryFolder folder = new();
        string file = folder.Write("config.yaml", "webhook:\n  prot: 1\n");

        (int exitCode, _, string error) = await CommandLine.RunAsync("run", "--config", file);

        (exitCode, error).Should().Be((2, $"firstline: {file}:2:3: unknown field \"webhook.prot\", did you mean \"webhook.port\"?\n"));
    }
}
