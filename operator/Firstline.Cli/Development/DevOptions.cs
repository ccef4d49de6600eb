using System.Collections.Immutable;

namespace Firstline.Cli.Development;

/// <summary>What <c>firstline dev</c> starts, and how.</summary>
internal sealed record DevOptions
{
    /// <summary>The people who may use the API server beside its admin; each has a context of that name in the kubeconfig.</summary>
    public static readonly ImmutableArray<string> People = ["alice", "bob"];

    /// <summary>Port of the API server; 0 takes a free one.</summary>
    public int Port { get; init; }

    /// <summary>Folder that keeps the objects from one run to the next; null keeps them in memory.</summary>
    public string? Data { get; init; }

    public Part Operator { get; init; } = Part.On;

    public Part Simulation { get; init; } = Part.On;

    /// <summary>How much faster than a real cluster pods start, crash and back off.</summary>
    public double Speed { get; init; } = 5;
}
