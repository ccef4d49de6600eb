using System.Text;

namespace Firstline.Generate.Reference;

/// <summary>Writes tables in Markdown.</summary>
internal static class MarkdownTable
{
    public static StringBuilder AppendRow(this StringBuilder page, params ReadOnlySpan<string> cells)
    {
        foreach (string cell in cells)
        {
            page.Append("| ").Append(Escaped(cell)).Append(' ');
        }

        return page.Append("|\n");
    }

    public static StringBuilder AppendHead(this StringBuilder page, params ReadOnlySpan<string> headings)
    {
        page.AppendRow(headings);
        foreach (string _ in headings)
        {
            page.Append("|---");
        }

        return page.Append("|\n");
    }

    // A bar would end the cell.
    private static string Escaped(string cell) => cell.ReplaceLineEndings(" ").Replace("|", "\\|", StringComparison.Ordinal);
}
