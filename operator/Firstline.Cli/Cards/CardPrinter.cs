using System.Collections.Immutable;
using Firstline.Cli.Terminal;
using Spectre.Console;

namespace Firstline.Cli.Cards;

/// <summary>Writes cards: headings in a column at the left, texts wrapped beside them.</summary>
internal static class CardPrinter
{
    private const int LabelWidth = 14;

    public static void Print(IAnsiConsole console, Card card)
    {
        console.Write(new Rule(Markup.Escape(card.Title)) { Justification = Justify.Left, Style = Style.Parse("bold") });
        foreach (CardRow row in card.Rows)
        {
            PrintRow(console, row);
        }
    }

    public static void PrintRow(IAnsiConsole console, CardRow row)
    {
        // A command stays on one line, so that it can be copied.
        ImmutableArray<string> lines = row.Tone == Tone.Command ? [row.Text] : Wrap.Lines(row.Text, Math.Max(20, console.Profile.Width - LabelWidth - 1));
        string label = row.Label;
        foreach (string line in lines)
        {
            console.Write(new Text(label.PadRight(LabelWidth), new Style(Color.Grey)));
            WriteLine(console, line, StyleOf(row.Tone), console.Profile.Width - LabelWidth);
            label = "";
        }
    }

    /// <summary>Ends a line; text that is too long for it, such as a command, stays in one piece and without colour, so that it can be copied.</summary>
    public static void WriteLine(IAnsiConsole console, string text, Style style, int room)
    {
        if (text.Length > room)
        {
            console.Profile.Out.Writer.WriteLine(text);
            return;
        }

        console.Write(new Text(text, style));
        console.WriteLine();
    }

    public static Style StyleOf(Tone tone) => tone switch
    {
        Tone.Quiet => new Style(Color.Grey),
        Tone.Good => new Style(Color.Green),
        Tone.Bad => new Style(Color.Red),
        Tone.Attention => new Style(Color.Yellow),
        Tone.Command => new Style(Color.Aqua),
        _ => Style.Plain,
    };
}
