using System.Collections.Immutable;

namespace Firstline.Core.Facts;

/// <summary>The last lines of a container's log.</summary>
/// <param name="Pod">Name of the pod.</param>
/// <param name="Container">Name of the container.</param>
/// <param name="Previous">True for the run before the current one.</param>
/// <param name="Lines">Lines, oldest first, empty ones among them; bounded by the collector.</param>
public sealed record LogFacts(string Pod, string Container, bool Previous, ImmutableArray<string> Lines)
{
    /// <summary>True when these are all lines of the run that its node still has; false where there may be earlier ones.</summary>
    public bool IsComplete { get; init; }
}
