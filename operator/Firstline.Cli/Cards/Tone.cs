namespace Firstline.Cli.Cards;

/// <summary>How a text is to be read; a colour on a terminal, nothing elsewhere, so that no meaning hangs on it.</summary>
internal enum Tone
{
    Normal,
    Quiet,
    Good,
    Bad,
    Attention,

    /// <summary>Something to type.</summary>
    Command,
}
