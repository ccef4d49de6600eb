using Firstline.Cli.Runbooks;
using FluentAssertions;
using Xunit;

namespace Firstline.Cli.Tests.Runbooks;

public sealed class RunbookLintTests
{
    private const string Good =
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
    public void Check_finds_nothing_in_a_runbook_that_can_be_used() =>
        RunbookLint.Check(Good).Should().BeEquivalentTo((1, Array.Empty<Problem>()));

    [Theory]
    [InlineData("an unknown field", "level: L1", "level: L1\n  notfor: x", 8, "spec.notfor: unknown field; did you mean notFor?")]
    [InlineData("a missing field", "  level: L1\n", "", 6, "spec.level: required, and missing")]
    [InlineData("a value that is none of the choices", "level: L1", "level: L9", 7, "spec.level: \"L9\" is not one of L1, L2, L3")]
    [InlineData("a number in quotes", "causes: [BadRollout]", "causes: [BadRollout]\n    minConfidencePercent: \"70\"", 10, "spec.match.minConfidencePercent: must be a number, without quotes")]
    [InlineData("a number beyond its bound", "causes: [BadRollout]", "causes: [BadRollout]\n    minConfidencePercent: 101", 10, "spec.match.minConfidencePercent: must be at most 100")]
    [InlineData("a single value where a list belongs", "causes: [BadRollout]", "causes: BadRollout", 9, "spec.match.causes: must be a list")]
    [InlineData("an empty list", "causes: [BadRollout]", "causes: []", 9, "spec.match.causes: must have at least 1 items")]
    [InlineData("a name that is no label", "- name: undo", "- name: Undo It", 11, "spec.steps[0].name: \"Undo It\" does not match *")]
    [InlineData("a parameter that is no string", "action: RolloutUndo", "action: RolloutUndo\n    with: {x: 1}", 13, "spec.steps[0].with.x: must be a string: write \"1\" in quotes")]
    [InlineData("an unknown action", "action: RolloutUndo", "action: RolloutUnd", 12, "spec.steps.action: there is no action RolloutUnd; did you mean RolloutUndo?")]
    [InlineData("an unknown parameter", "action: RolloutUndo", "action: RolloutUndo\n    with: {x: \"1\"}", 13, "spec.steps[undo].with.x: RolloutUndo takes no parameters")]
    [InlineData("a kind that the action cannot change", "causes: [BadRollout]", "causes: [BadRollout]\n    kinds: [ConfigMap]", 10, "spec.match.kinds: RolloutUndo in step undo can't change a ConfigMap*")]
    [InlineData("another version", "v1alpha1", "v1", 1, "apiVersion: must be firstline.dev/v1alpha1")]
    [InlineData("no name", "  name: undo\nspec", "  labels: {}\nspec", 4, "metadata.name: required, and missing")]
    [InlineData("no metadata", "metadata:\n  name: undo\n", "", 1, "metadata: required, and missing")]
    [InlineData("metadata that is a word", "metadata:\n  name: undo", "metadata: undo", 3, "metadata: must have fields, not a single value or a list")]
    [InlineData("a name that is a number", "  name: undo\nspec", "  name: 123\nspec", 4, "metadata.name: must be a string: write \"123\" in quotes")]
    [InlineData("a label that is a number", "  name: undo\nspec", "  name: undo\n  labels: {version: 1}\nspec", 5, "metadata.labels.version: must be a string: write \"1\" in quotes")]
    [InlineData("an annotation that is a truth", "  name: undo\nspec", "  name: undo\n  annotations: {reviewed: yes}\nspec", 5, "metadata.annotations.reviewed: must be a string: write \"yes\" in quotes")]
    [InlineData("a template that nobody filled in", "  name: undo\nspec", "  name: {{ .Values.name }}\nspec", 4, "this is not YAML: a key must be plain text: write {{ }} of a template in quotes")]
    [InlineData("an anchor that holds itself", "  name: undo\nspec", "  name: undo\n  labels: &all {all: *all}\nspec", 5, "this is not YAML: it is nested more than 100 levels deep, or holds itself")]
    [InlineData("a parameter that is a truth in YAML", "action: RolloutUndo", "action: RolloutUndo\n    with: {x: on}", 13, "spec.steps[0].with.x: must be a string: write \"on\" in quotes")]
    [InlineData("a duration that is none", "  steps:", "  verification: {timeout: soon}\n  steps:", 10, "spec.verification.timeout: \"soon\" does not match *")]
    [InlineData("a verification that can never hold", "  steps:", "  verification: {stableFor: 10m, timeout: 5m}\n  steps:", 10, "spec.verification: stableFor 10m can never be reached within timeout 5m")]
    public void Check_names_the_line_and_what_is_wrong(string situation, string from, string to, int line, string message)
    {
        (int _, IReadOnlyList<Problem> problems) = RunbookLint.Check(Good.Replace(from, to, StringComparison.Ordinal));

        Problem problem = problems.Should().ContainSingle(situation).Subject;
        problem.Message.Should().Match(message);
        problem.Line.Should().Be(line, problem.Message);
    }

    [Fact]
    public void Check_takes_a_runbook_as_the_API_server_gives_it() =>
        RunbookLint.Check(Good.Replace(
            "  name: undo\nspec", "  name: undo\n  creationTimestamp: null\n  generation: 1\n  ownerReferences: []\n  managedFields: [{manager: kubectl}]\nspec", StringComparison.Ordinal))
            .Should().BeEquivalentTo((1, Array.Empty<Problem>()));

    [Fact]
    public void Check_says_where_a_text_is_not_YAML()
    {
        (int _, IReadOnlyList<Problem> problems) = RunbookLint.Check("apiVersion: x\n  kind: [");

        problems.Should().ContainSingle().Which.Should().Match<Problem>(p => p.Line == 2 && p.Message.StartsWith("this is not YAML"));
    }

    [Fact]
    public void Check_passes_over_other_kinds_and_looks_at_every_document()
    {
        string text = Good + "\n---\nkind: ConfigMap\n---\n" + Good.Replace("level: L1", "level: L9", StringComparison.Ordinal);

        (int runbooks, IReadOnlyList<Problem> problems) = RunbookLint.Check(text);

        runbooks.Should().Be(2);
        problems.Should().ContainSingle().Which.Line.Should().Be(12 + 3 + 7);
    }
}
