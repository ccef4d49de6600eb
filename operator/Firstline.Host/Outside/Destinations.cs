using System.Collections.Immutable;

namespace Firstline.Host.Outside;

/// <summary>What runbooks may reach outside the API server: the operator's own configuration alone says where each name goes.</summary>
internal sealed record Destinations(ImmutableArray<ProbeDestination> Probes, ImmutableArray<WebhookDestination> Webhooks)
{
    public static readonly Destinations None = new([], []);

    /// <summary>Reads the file; null for none.</summary>
    /// <exception cref="OperatorStartException">It cannot be read, or something is wrong in it.</exception>
    public static Destinations Read(string? path)
    {
        if (path is null)
        {
            return None;
        }

        try
        {
            (Destinations read, var problems) = DestinationsReader.Read(File.ReadAllText(path));
            return problems is [var first, ..]
                ? throw new OperatorStartException($"{path}:{first.Line}:{first.Column}: {first.Message}{(problems.Length == 1 ? "" : $" (the first of {problems.Length} problems)")}")
                : read;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException)
        {
            throw new OperatorStartException($"the destinations file {path} cannot be read: {e.Message}", e);
        }
    }
}
