using FluentAssertions;
using Xunit;

namespace Firstline.Cli.Tests.Commands;

public sealed class RunbookCommandTests
{
    private const string Simple =
        """
        apiVersion: firstline.dev/v1alpha1
        kind: Runbook
        metadata:
          name: undo
        spec:
          description: Undo it.
          level: L1
          match:
            causes: [BadRollout]
          steps:
          - name: undo
            action: RolloutUndo
        """;

    [Fact]
    public async Task Lint_says_that_all_is_well_with_exit_code_0()
    {
        using TemporaryFolder folder = new();
        folder.Write("a.yaml", "kind: ConfigMap\n");
        folder.Write("b.yml", Simple);

        (int exitCode, string output, string error) = await CommandLine.RunAsync("runbook", "lint", folder.Path);

        (exitCode, output, error).Should().Be((0, "1 runbook in 2 files, 0 problems\n", ""));
    }

    [Theory]
    [InlineData("")]
    [InlineData("kind: ConfigMap\n")]
    public async Task Explain_says_that_a_file_holds_no_runbook(string text)
    {
        using TemporaryFolder folder = new();
        string file = folder.Write("a.yaml", text);

        (int exitCode, string output, string error) = await CommandLine.RunAsync("runbook", "explain", file);

        (exitCode, output, error).Should().Be((2, "", $"firstline: there is no Runbook in {file}\n"));
    }

    [Fact]
    public async Task Lint_names_file_line_and_column_with_exit_code_1()
    {
        using TemporaryFolder folder = new();
        string file = folder.Write("a.yaml", Simple.Replace("level: L1", "level: L7", StringComparison.Ordinal));

        (int exitCode, string output, _) = await CommandLine.RunAsync("runbook", "lint", file);

        exitCode.Should().Be(1);
        output.Should().Be($"{file}:7:10: spec.level: \"L7\" is not one of L1, L2, L3\n1 runbook in 1 file, 1 problem\n");
    }

    [Theory]
    [InlineData("a path that is not there", "none.yaml", "firstline: there is no file or folder *none.yaml\n")]
    [InlineData("a folder without YAML", "empty", "firstline: there is no YAML file in *empty\n")]
    [InlineData("a file without runbooks", "other.yaml", "firstline: there is no Runbook in *other.yaml\n")]
    public async Task Lint_says_what_it_cannot_look_at_with_exit_code_2(string situation, string path, string message)
    {
        using TemporaryFolder folder = new();
        folder.Write("other.yaml", "kind: ConfigMap\n");
        Directory.CreateDirectory(folder.File("empty"));

        (int exitCode, string output, string error) = await CommandLine.RunAsync("runbook", "lint", folder.File(path));

        exitCode.Should().Be(2, situation);
        output.Should().BeEmpty();
        error.Should().Match(message);
    }

    [Fact]
    public async Task Explain_says_what_when_who_how_and_within_which_limits()
    {
        using TemporaryFolder folder = new();

        (int exitCode, string output, string error) = await CommandLine.RunAsync("runbook", "explain", folder.Write("a.yaml", Simple));

        (exitCode, error).Should().Be((0, ""));
        output.Should().ContainAll(
            "Runbook undo", "What it does", "Undo it.", "The likeliest cause of the incident is BadRollout.", "L1: the operator by itself",
            "undo: RolloutUndo.", "healthy for 30s without a break", "Each step is undone", "Permissions", "Revision");
        output.Split('\n').Should().OnlyContain(static line => line.Length <= 100);
    }

    [Fact]
    public async Task Explain_refuses_a_runbook_that_cannot_be_used()
    {
        using TemporaryFolder folder = new();
        string file = folder.Write("a.yaml", Simple.Replace("action: RolloutUndo", "action: Reboot", StringComparison.Ordinal));

        (int exitCode, _, string error) = await CommandLine.RunAsync("runbook", "explain", file);

        exitCode.Should().Be(1);
        error.Should().StartWith($"firstline: {file}:12: spec.steps.action: there is no action Reboot").And.NotContain("did you mean").And.EndWith("shows all problems\n");
    }
}
