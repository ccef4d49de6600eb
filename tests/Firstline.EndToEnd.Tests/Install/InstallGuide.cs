using System.Collections.Immutable;
using Firstline.Testing;
using FluentAssertions;

namespace Firstline.EndToEnd.Tests.Install;

/// <summary>The commands of docs/install.md, so that what is tested is what people are told to type.</summary>
internal static class InstallGuide
{
    /// <summary>The lines of a section that are commands of kubectl or make; placeholders in angle brackets are left out.</summary>
    public static ImmutableArray<string> CommandsOf(string section)
    {
        ImmutableArray<string> commands =
        [
            .. File.ReadLines(Path.Combine(Checkout.Folder, "docs/install.md"))
                .SkipWhile(line => line != $"## {section}").Skip(1)
                .TakeWhile(static line => !line.StartsWith("## ", StringComparison.Ordinal))
                .Where(static line => (line.StartsWith("    kubectl ", StringComparison.Ordinal) || line.StartsWith("    make ", StringComparison.Ordinal)) && !line.Contains('<', StringComparison.Ordinal))
                .Select(static line => WithoutComment(line).Trim()),
        ];
        commands.Should().NotBeEmpty("docs/install.md says how to do: {0}", section);
        return commands;
    }

    // As a shell reads the line.
    private static string WithoutComment(string line) => line.IndexOf(" #", StringComparison.Ordinal) is > 0 and var at ? line[..at] : line;
}
