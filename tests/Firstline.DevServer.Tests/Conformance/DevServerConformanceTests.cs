using Firstline.Testing;
using FluentAssertions;
using Xunit;

namespace Firstline.DevServer.Tests.Conformance;

/// <summary>The dev server answers as a real one does, but for the differences that its documentation lists.</summary>
public sealed class DevServerConformanceTests(DevConformanceServer server) : ConformanceTests(server), IClassFixture<DevConformanceServer>
{
    private static readonly KnownDifferences Known = KnownDifferences.Read();

    private protected override bool IsKnownToDiffer(string step) => Known.Holds(step);

    [Fact]
    public void Differences_are_of_steps_that_there_are_and_are_documented()
    {
        HashSet<string> steps = [.. ScenarioTable.All.SelectMany(t => t.Scenarios).SelectMany(s => s.Interactions.Select((_, i) => s.Step(i)))];
        string document = string.Join(' ', File.ReadAllText(Path.Combine(Checkout.Folder, "docs", "dev-server.md")).Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));

        Known.Steps.Should().OnlyContain(step => steps.Contains(step));
        Known.Sentences.Should().OnlyContain(sentence => document.Contains(sentence, StringComparison.Ordinal));
    }

    [Fact]
    public void The_tables_hold_each_interaction_with_its_answer() =>
        ScenarioTable.All.SelectMany(t => t.Scenarios).SelectMany(s => s.Interactions).Should().OnlyContain(i => i.Recorded.Length > 0).And.HaveCountGreaterThanOrEqualTo(200);
}
