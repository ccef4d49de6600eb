using System.Collections.Immutable;
using System.Text.Json.Nodes;

namespace Firstline.DevServer.Http;

/// <summary>How a <see cref="DevApiServer"/> runs.</summary>
public sealed record DevServerOptions
{
    /// <summary>Port on 127.0.0.1; 0 takes a free one.</summary>
    public int Port { get; init; }

    /// <summary>Whether the server speaks HTTPS, with a certificate authority of its own.</summary>
    public TransportSecurity Security { get; init; } = TransportSecurity.Tls;

    /// <summary>Folder that keeps the objects; null keeps them in memory alone.</summary>
    public string? PersistenceFolder { get; init; }

    /// <summary>Folder that keeps the certificates and the users' tokens from one run to the next, closed to other users; null makes them anew at each start.</summary>
    public string? CredentialsFolder { get; init; }

    /// <summary>Source of the times in objects and of waits.</summary>
    public required TimeProvider Time { get; init; }

    /// <summary>Changes remembered per resource: a watch or a paged list that falls further behind gets 410 Expired.</summary>
    public int WatchHistory { get; init; } = 10_000;

    /// <summary>How often a watch that allows bookmarks gets one.</summary>
    public TimeSpan BookmarkInterval { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>Users beside <see cref="DevUser.Admin"/>, such as an approver.</summary>
    public ImmutableArray<DevUser> Users { get; init; } = [];

    /// <summary>Token of <see cref="DevUser.Admin"/>; null lets the server make one up.</summary>
    public string? AdminToken { get; init; }

    /// <summary>Decides requests and access reviews; null allows known users everything.</summary>
    public Func<AccessQuestion, bool>? Authorize { get; init; }

    /// <summary>Where the server's own log goes; null for nowhere.</summary>
    public Action<ILoggingBuilder>? Logging { get; init; }

    /// <summary>Objects created at start if they do not exist yet; namespaces and definitions first.</summary>
    public ImmutableArray<JsonObject> InitialObjects { get; init; } = [];
}
