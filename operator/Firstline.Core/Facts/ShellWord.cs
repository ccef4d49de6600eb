using System.Buffers;

namespace Firstline.Core.Facts;

/// <summary>Words of a command that a human is told to type. A name written by anybody would be read by the shell of the one who types it.</summary>
public static class ShellWord
{
    // Of these the names of all Kubernetes objects are made, and none of them means anything to a shell.
    private static readonly SearchValues<char> PlainCharacters = SearchValues.Create("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-._:");

    /// <summary>True for a word that every shell takes as it is and no program takes for an option.</summary>
    public static bool IsPlain(string word)
    {
        ArgumentNullException.ThrowIfNull(word);
        return word.AsSpan().IndexOfAnyExcept(PlainCharacters) < 0 && word is [not '-', ..];
    }

    /// <summary>The text as one word in single quotes.</summary>
    public static string Quoted(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return $"'{text.Replace("'", "'\\''", StringComparison.Ordinal)}'";
    }
}
