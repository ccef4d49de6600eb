using System.Collections.Concurrent;
using System.Collections.Immutable;
using Firstline.Controllers.Ports;
using Firstline.Core.Diagnosis.Models;

namespace Firstline.Host.Tests.Diagnosers;

/// <summary>One tool, that remembers what it was asked.</summary>
internal sealed class LookedUp : IModelTools
{
    public ImmutableArray<ModelTool> Tools { get; } =
        [new("get_logs", "Lines of a container's log.", """{"type":"object","properties":{"pod":{"type":"string"},"lines":{"type":"integer"}},"required":["pod"],"additionalProperties":false}""")];

    public ConcurrentQueue<(string Name, string Arguments)> Calls { get; } = [];

    /// <summary>What it finds.</summary>
    public string? Result { get; set; }

    public Task<string> CallAsync(string name, string argumentsJson, CancellationToken cancellationToken)
    {
        Calls.Enqueue((name, argumentsJson));
        return Task.FromResult(name == "get_logs" ? Result ?? $"result-{Calls.Count}" : $"there is no tool {name}");
    }
}
