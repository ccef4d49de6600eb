using System.Collections.Immutable;
using Firstline.Testing;

namespace Firstline.DevServer.Tests.Conformance;

/// <summary>The file of what the dev server does otherwise: a sentence, which docs/dev-server.md has word for word, then the indented steps that show it.</summary>
internal sealed record KnownDifferences(ImmutableArray<string> Sentences, ImmutableHashSet<string> Steps)
{
    public static KnownDifferences Read()
    {
        string[] lines = [.. File.ReadAllLines(Path.Combine(Checkout.Folder, "tests", "Firstline.DevServer.Tests", "Conformance", "differences.txt")).Where(l => l.Length > 0 && l[0] != '#')];
        return new KnownDifferences([.. lines.Where(l => l[0] != ' ')], [.. lines.Where(l => l[0] == ' ').Select(l => l.Trim())]);
    }

    public bool Holds(string step) => Steps.Contains(step);
}
