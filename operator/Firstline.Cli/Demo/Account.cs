using System.Collections.Immutable;
using System.Globalization;
using Firstline.Cli.Cards;
using Firstline.Cli.Terminal;
using Spectre.Console;

namespace Firstline.Cli.Demo;

/// <summary>Writes the live account: when, who, what. Lines come from several watches at once and stay whole.</summary>
internal sealed class Account(IAnsiConsole console, TimeProvider clock)
{
    private const int TimeWidth = 7;
    private const int SpeakerWidth = 11;
    private readonly Lock _gate = new();
    private readonly long _begun = clock.GetTimestamp();

    public TimeSpan Elapsed => clock.GetElapsedTime(_begun);

    public void Chapter(string title)
    {
        lock (_gate)
        {
            console.WriteLine();
            console.Write(new Rule(Markup.Escape(title)) { Justification = Justify.Left, Style = Style.Parse("bold") });
        }
    }

    public void Tell(IEnumerable<AccountLine> lines)
    {
        lock (_gate)
        {
            foreach (AccountLine line in lines)
            {
                Write(line);
            }
        }
    }

    public void Tell(Speaker speaker, string text, Tone tone = Tone.Normal) => Tell([new AccountLine(speaker, text, tone)]);

    /// <summary>Shows rows of a card within the account.</summary>
    public void Show(IEnumerable<CardRow> rows)
    {
        lock (_gate)
        {
            foreach (CardRow row in rows)
            {
                CardPrinter.PrintRow(console, row);
            }
        }
    }

    private void Write(AccountLine line)
    {
        string time = string.Create(CultureInfo.InvariantCulture, $"{Elapsed.TotalSeconds,5:0.0}s");
        string speaker = line.Speaker.ToString().ToLowerInvariant();
        int width = Math.Max(30, console.Profile.Width - TimeWidth - SpeakerWidth - 1);
        foreach ((int i, string text) in Lines(line, width).Index())
        {
            console.Write(new Text((i == 0 ? time : "").PadRight(TimeWidth), new Style(Color.Grey)));
            console.Write(new Text((i == 0 ? speaker : "").PadRight(SpeakerWidth), StyleOf(line.Speaker)));
            CardPrinter.WriteLine(console, text, CardPrinter.StyleOf(line.Tone), console.Profile.Width - TimeWidth - SpeakerWidth);
        }
    }

    private static ImmutableArray<string> Lines(AccountLine line, int width) => line.Tone == Tone.Command ? [line.Text] : Wrap.Lines(line.Text, width);

    private static Style StyleOf(Speaker speaker) => speaker switch
    {
        Speaker.Firstline => new Style(Color.Aqua),
        Speaker.Alice => new Style(Color.Fuchsia),
        Speaker.Alerts => new Style(Color.Yellow),
        Speaker.You => new Style(Color.White, decoration: Decoration.Bold),
        _ => new Style(Color.Grey),
    };
}
