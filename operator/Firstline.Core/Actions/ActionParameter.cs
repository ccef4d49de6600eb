namespace Firstline.Core.Actions;

/// <summary>A parameter of an action.</summary>
/// <param name="Name">camelCase name.</param>
/// <param name="Description">What it means, with unit and range, in one sentence.</param>
/// <param name="Default">Value when left out; null when it must be given.</param>
/// <param name="Problem">Returns what is wrong with a value in one sentence, or null when it is fine.</param>
public sealed record ActionParameter(string Name, string Description, string? Default, Func<string, string?> Problem);
