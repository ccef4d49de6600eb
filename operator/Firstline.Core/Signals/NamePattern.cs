namespace Firstline.Core.Signals;

/// <summary>Names that a rule is for: one, or with * at the end all that begin so.</summary>
/// <param name="Written">As it is written in the rule.</param>
public sealed record NamePattern(string Written)
{
    /// <summary>True for a name that it is for.</summary>
    public bool Matches(string? name) =>
        name is not null && (Written.EndsWith('*') ? name.StartsWith(Written[..^1], StringComparison.Ordinal) : name == Written);
}
