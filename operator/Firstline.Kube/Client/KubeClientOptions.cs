namespace Firstline.Kube.Client;

/// <summary>How a <see cref="KubeClient"/> behaves; the defaults suit an operator.</summary>
public sealed record KubeClientOptions
{
    /// <summary>Sent with each request, so that audit logs and priority-and-fairness can tell who asks.</summary>
    public string UserAgent { get; init; } = "firstline";

    /// <summary>Owner of the fields of writes that name none.</summary>
    public string FieldManager { get; init; } = "firstline";

    /// <summary>Requests in flight at once, and as many lists beside them, watches that are open apart; more wait. Fairness among clients is the API server's business.</summary>
    public int MaxConcurrentRequests { get; init; } = 32;

    /// <summary>Longest time for one try of a request that is not a watch.</summary>
    public TimeSpan RequestTimeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Longest time to connect, TLS included.</summary>
    public TimeSpan ConnectTimeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Silence on a connection with requests in flight before it is asked for a sign of life (an HTTP/2 ping); client-go's default.</summary>
    public TimeSpan KeepAliveDelay { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>How long that sign may take; then the connection is dead and so is every request on it. client-go's default.</summary>
    public TimeSpan KeepAliveTimeout { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>Tries after the first one.</summary>
    public int MaxRetries { get; init; } = 4;

    /// <summary>Wait before the first retry; doubles, with jitter.</summary>
    public TimeSpan RetryDelay { get; init; } = TimeSpan.FromMilliseconds(200);

    /// <summary>Longest wait before a retry, whatever the server asks for; beyond it the caller gets the error with its <see cref="KubeException.RetryAfter"/>.</summary>
    public TimeSpan MaxRetryDelay { get; init; } = TimeSpan.FromSeconds(10);
}
