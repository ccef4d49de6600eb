using System.Collections.Immutable;

namespace Firstline.DevServer.Http;

/// <summary>Who may use the server.</summary>
/// <param name="Name">User name, as <c>kubectl auth whoami</c> shows it.</param>
/// <param name="Groups">Groups beside <c>system:authenticated</c>.</param>
public sealed record DevUser(string Name, ImmutableArray<string> Groups)
{
    /// <summary>The user of the kubeconfig's current context.</summary>
    public static readonly DevUser Admin = new("admin", ["system:masters"]);

    /// <summary>The bearer token; null lets the server make one up.</summary>
    public string? Token { get; init; }
}
