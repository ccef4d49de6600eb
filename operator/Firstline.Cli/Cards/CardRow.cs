namespace Firstline.Cli.Cards;

/// <summary>One row of a card.</summary>
/// <param name="Label">Heading at the left; empty to go on under the one before.</param>
/// <param name="Text">Text, wrapped to the width of the screen.</param>
/// <param name="Tone">How it is to be read.</param>
internal sealed record CardRow(string Label, string Text, Tone Tone = Tone.Normal);
