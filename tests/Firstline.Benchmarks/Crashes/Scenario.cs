using System.Text.Json.Nodes;
using Firstline.Api.Meta;

namespace Firstline.Benchmarks.Crashes;

/// <summary>One trouble, from its cause to what must stand in the end.</summary>
/// <param name="Name">For people.</param>
/// <param name="Type">Kind of the object that the remediation changes.</param>
/// <param name="Target">Its name; in a namespace of the round's own.</param>
/// <param name="BreakAsync">Brings the trouble about, in a namespace, and returns when there is something to detect.</param>
/// <param name="IsMended">Whether the target is as the one change leaves it; null when it is gone.</param>
internal sealed record Scenario(string Name, ResourceType Type, string Target, Func<Theatre, string, Task> BreakAsync, Func<JsonNode?, bool> IsMended)
{
    /// <summary>Whether the target is as it was before the change; for a change that is taken back.</summary>
    public Func<JsonNode?, bool>? IsBack { get; init; }

    public override string ToString() => Name;
}
