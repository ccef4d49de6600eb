namespace Firstline.Generate.Output;

/// <summary>One file that follows from the code.</summary>
/// <param name="Path">Path within the repository, with forward slashes.</param>
/// <param name="Content">Whole content, lines ended by <c>\n</c>.</param>
internal sealed record GeneratedFile(string Path, string Content);
