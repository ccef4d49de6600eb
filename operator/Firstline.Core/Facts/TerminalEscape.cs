namespace Firstline.Core.Facts;

/// <summary>Finds the escape sequences by which text commands a terminal.</summary>
/// <remarks>Shapes as in ECMA-48: a control sequence (ESC [ up to a final byte from @ to ~), a string (ESC followed by ], P, X, ^ or _, up to BEL or ESC \), any other ESC with one character after it.</remarks>
internal static class TerminalEscape
{
    private const char Escape = '\u001b';
    private const char Bell = '\u0007';
    private const char OneByteControlSequence = '\u009b';

    // A terminal's own commands are short: what seems to go on longer is text, and is left to be read.
    private const int MaxLength = 256;

    /// <summary>UTF-16 units of the sequence that begins at <paramref name="at"/>; 0 when none does.</summary>
    public static int LengthAt(string text, int at) => text[at] switch
    {
        OneByteControlSequence => 1 + ControlSequence(text, at + 1),
        Escape when at + 1 == text.Length => 1,
        Escape => text[at + 1] switch
        {
            '[' => 2 + ControlSequence(text, at + 2),
            ']' or 'P' or 'X' or '^' or '_' => 2 + CommandString(text, at + 2),
            _ => 2,
        },
        _ => 0,
    };

    private static int ControlSequence(string text, int from)
    {
        int end = from;
        while (end < text.Length && text[end] is >= ' ' and <= '?')
        {
            end++;
        }

        return end < text.Length && text[end] is >= '@' and <= '~' ? end + 1 - from : end - from;
    }

    private static int CommandString(string text, int from)
    {
        for (int end = from; end < text.Length && end - from < MaxLength; end++)
        {
            if (text[end] == Bell)
            {
                return end + 1 - from;
            }

            if (text[end] == Escape)
            {
                return end + (end + 1 < text.Length && text[end + 1] == '\\' ? 2 : 0) - from;
            }
        }

        return 0;
    }
}
