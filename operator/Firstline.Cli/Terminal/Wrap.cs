using System.Collections.Immutable;

namespace Firstline.Cli.Terminal;

/// <summary>Breaks text into lines at spaces.</summary>
internal static class Wrap
{
    /// <summary>Lines of at most <paramref name="width"/> characters; a longer word has a line of its own, uncut, so that it can be copied.</summary>
    public static ImmutableArray<string> Lines(string text, int width)
    {
        ImmutableArray<string>.Builder lines = ImmutableArray.CreateBuilder<string>();
        string line = "";
        foreach (string word in text.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            if (line.Length > 0 && line.Length + 1 + word.Length > width)
            {
                lines.Add(line);
                line = "";
            }

            line += line.Length == 0 ? word : " " + word;
        }

        lines.Add(line);
        return lines.ToImmutable();
    }
}
