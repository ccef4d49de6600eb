using System.Collections.Immutable;

namespace Firstline.DevServer.Tests.Conformance;

/// <summary>Interactions that follow each other in a namespace of their own.</summary>
/// <param name="Table">The file that it stands in, without its ending.</param>
/// <param name="Title">What it shows; unique in its table.</param>
internal sealed record Scenario(string Table, string Title, ImmutableArray<Interaction> Interactions)
{
    /// <summary>True where controllers would meddle: such a scenario needs a server without any.</summary>
    public bool IsForServersAlone { get; init; }

    /// <summary>True where managed fields count.</summary>
    public bool ShowsManagedFields { get; init; }

    /// <summary>Name of one interaction: <c>table / title / number</c>.</summary>
    public string Step(int index) => $"{Table} / {Title} / {index + 1}";

    public override string ToString() => $"{Table} / {Title}";
}
