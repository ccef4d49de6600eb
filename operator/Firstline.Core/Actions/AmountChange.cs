namespace Firstline.Core.Actions;

/// <summary>One amount of a container's resources that is changed.</summary>
/// <param name="Resource">memory or cpu.</param>
/// <param name="Kind">limits or requests.</param>
/// <param name="Before">As it is, in the words of the object.</param>
/// <param name="After">As it is to be.</param>
/// <param name="Text">What is done, for the summary; empty for what goes along with another change.</param>
internal sealed record AmountChange(string Resource, string Kind, string Before, string After, string Text)
{
    /// <summary>The way back.</summary>
    public AmountChange Inverse => this with { Before = After, After = Before };
}
