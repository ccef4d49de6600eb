using System.Text.Json.Nodes;
using Firstline.Api.Meta;

namespace Firstline.Benchmarks.Crashes;

/// <summary>One trouble, from its cause to what must stand in the end.</summary>
/// <param name="Name">For people.</param>
/// <param name="Type">Kind of the object that the remediation changes.</param>
/// <param name="Target">Its name; in a namespace of the round's own. Empty for a node that has the name of that namespace.</param>
/// <param name="BreakAsync">Brings the trouble about, in a namespace, and returns when there is something to detect.</param>
/// <param name="IsMended">Whether the target is as the one change leaves it; null when it is gone.</param>
internal sealed record Scenario(string Name, ResourceType Type, string Target, Func<Theatre, string, Task> BreakAsync, Func<JsonNode?, bool> IsMended)
{
    /// <summary>How many changes its plan makes.</summary>
    public int Changes { get; init; } = 1;

    /// <summary>Whether the target is as it was before the change; for a change that is taken back.</summary>
    public Func<JsonNode?, bool>? IsBack { get; init; }

    /// <summary>The object that the remediation changes, in a round.</summary>
    public NamespacedName KeyIn(string ns) => Target.Length == 0 ? new("", ns) : new(ns, Target);

    public override string ToString() => Name;
}
