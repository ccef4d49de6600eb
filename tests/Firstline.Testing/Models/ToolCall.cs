namespace Firstline.Testing.Models;

/// <summary>A call of a tool as a model writes it.</summary>
/// <param name="Id">What the answer to it names.</param>
/// <param name="Name">Name of the tool.</param>
/// <param name="Arguments">Its arguments, as they are written.</param>
public sealed record ToolCall(string Id, string Name, string Arguments);
