namespace Firstline.Core.Diagnosis;

/// <summary>What a container waits for in vain.</summary>
/// <param name="Kind">ConfigMap or Secret.</param>
/// <param name="Name">Its name.</param>
/// <param name="Key">The missing key; null when the whole object is missing.</param>
internal sealed record MissingObject(string Kind, string Name, string? Key);
