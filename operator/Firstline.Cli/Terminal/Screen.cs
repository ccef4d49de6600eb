using Spectre.Console;

namespace Firstline.Cli.Terminal;

/// <summary>Where a command writes: what it was asked for on standard output, what went wrong on standard error.</summary>
/// <param name="Out">Standard output; with colours only on a terminal.</param>
/// <param name="Error">Standard error.</param>
internal sealed record Screen(IAnsiConsole Out, TextWriter Error)
{
    /// <summary>Width of text that goes to a file or a pipe.</summary>
    public const int PlainWidth = 100;

    /// <summary>The screen of this process.</summary>
    public static Screen Standard() => Of(Console.Out, Console.Error, Console.IsOutputRedirected);

    /// <summary>A screen over writers; <paramref name="isRedirected"/> tells that nobody sees colours there.</summary>
    public static Screen Of(TextWriter output, TextWriter error, bool isRedirected)
    {
        bool colours = !isRedirected && string.IsNullOrEmpty(Environment.GetEnvironmentVariable("NO_COLOR"));
        IAnsiConsole console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Ansi = isRedirected ? AnsiSupport.No : AnsiSupport.Detect,
            ColorSystem = colours ? ColorSystemSupport.Detect : ColorSystemSupport.NoColors,
            Interactive = InteractionSupport.No,
            Out = new AnsiConsoleOutput(output),
        });
        if (isRedirected)
        {
            console.Profile.Width = PlainWidth;
        }

        return new Screen(console, error);
    }

    /// <summary>Writes one line as it is, without markup and without wrapping, so that it can be copied.</summary>
    public void Line(string text = "") => Out.Profile.Out.Writer.WriteLine(text);
}
