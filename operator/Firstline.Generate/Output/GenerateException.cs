namespace Firstline.Generate.Output;

/// <summary>The code can't be turned into files; the message says which type or file, and what to change.</summary>
internal sealed class GenerateException(string message) : Exception(message);
