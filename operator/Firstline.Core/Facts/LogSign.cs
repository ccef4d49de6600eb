namespace Firstline.Core.Facts;

/// <summary>A kind of trouble that a log tells.</summary>
/// <param name="Kind">The kind.</param>
/// <param name="Line">The last line that tells it, without secrets.</param>
/// <param name="Count">Lines that do.</param>
/// <param name="Lines">Lines looked at.</param>
/// <param name="About">What the line names: a host, a variable, a key; null when it names nothing.</param>
/// <param name="Port">Port that it names; null when it names none.</param>
public sealed record LogSign(LogTrouble Kind, string Line, int Count, int Lines, string? About = null, int? Port = null);
