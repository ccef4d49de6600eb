using System.Collections.Immutable;

namespace Firstline.DevServer.Simulation;

/// <summary>How the simulation reaches its API server and what it plays there.</summary>
public sealed record SimulationOptions
{
    /// <summary>Root of the API server.</summary>
    public required Uri Server { get; init; }

    /// <summary>Bearer token of a user who may do everything; null when the handler authenticates.</summary>
    public string? BearerToken { get; init; }

    /// <summary>Transport, with the trusted CA and client certificates; disposed with the simulation. Null for the machine's own trust.</summary>
    public HttpMessageHandler? Handler { get; init; }

    /// <summary>How many nodes to add; 0 plays on those of an earlier simulation.</summary>
    public int Nodes { get; init; } = 3;

    /// <summary>Cores of each node.</summary>
    public int NodeCpu { get; init; } = 4;

    /// <summary>Memory of each node in GiB.</summary>
    public int NodeMemoryGiB { get; init; } = 16;

    /// <summary>Divides the waits of kubelets and controllers: crash and pull back-offs, probe periods, starts, terminations. 1 is a real cluster.</summary>
    public double Speed { get; init; } = 1;

    /// <summary>Namespaces to play in; empty for all.</summary>
    public ImmutableArray<string> Namespaces { get; init; } = [];

    /// <summary>Source of time of the kubelets and controllers.</summary>
    public required TimeProvider Clock { get; init; }

    /// <summary>Where to log; null for nowhere.</summary>
    public ILoggerFactory? Logs { get; init; }
}
