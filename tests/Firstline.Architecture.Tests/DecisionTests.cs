using System.Collections.Immutable;
using System.Text.RegularExpressions;
using Firstline.Testing;
using FluentAssertions;
using Xunit;

namespace Firstline.Architecture.Tests;

/// <summary>A decision is cited by its number, so that each number is one decision, and the list of them is whole.</summary>
public sealed partial class DecisionTests
{
    private static readonly string Folder = Path.Combine(Checkout.Folder, "docs", "adr");

    private static ImmutableArray<string> Pages { get; } =
        [.. Directory.GetFiles(Folder, "*.md").Select(static p => Path.GetFileName(p)).Where(static n => n != "README.md").Order(StringComparer.Ordinal)];

    [Fact]
    public void Each_number_is_one_decision()
    {
        Pages.Should().HaveCountGreaterThan(15, "a reader that sees nothing would find nothing wrong");
        Pages.GroupBy(static p => p[..4]).Where(static g => g.Count() > 1).Select(static g => string.Join(" and ", g)).Should().BeEmpty();
        Pages.Where(static p => !File.ReadLines(Path.Combine(Folder, p)).First().StartsWith($"# {p[..4]}: ", StringComparison.Ordinal)).Should().BeEmpty("the title begins with the number");
    }

    [Fact]
    public void The_list_names_each_decision_once_and_in_order() =>
        Row().Matches(File.ReadAllText(Path.Combine(Folder, "README.md"))).Select(static m => (m.Groups["number"].Value, m.Groups["file"].Value))
            .Should().Equal(Pages.Select(static p => (p[..4], p)));

    [GeneratedRegex(@"^\| \[(?<number>\d{4})\]\((?<file>[^)]+)\)", RegexOptions.Multiline)]
    private static partial Regex Row();
}
