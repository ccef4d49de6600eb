using Firstline.Api.Meta;

namespace Firstline.Kube.Client;

/// <summary>A request that did not succeed; the message is one sentence with the verb, the object and the server's own words.</summary>
public sealed class KubeException : Exception
{
    public KubeException()
        : this("the request failed")
    {
    }

    public KubeException(string message)
        : this(KubeErrorKind.Unknown, message)
    {
    }

    public KubeException(string message, Exception? innerException)
        : this(KubeErrorKind.Unknown, message, null, innerException)
    {
    }

    public KubeException(KubeErrorKind kind, string message, Status? status = null, Exception? innerException = null)
        : base(message, innerException)
    {
        Kind = kind;
        Status = status;
    }

    /// <summary>Why, for programs.</summary>
    public KubeErrorKind Kind { get; }

    /// <summary>What the server said; null when it did not answer with a Status.</summary>
    public Status? Status { get; }

    /// <summary>How long the server asked to wait before the next try; null when it did not.</summary>
    public TimeSpan? RetryAfter { get; init; }

    /// <summary>True when the same request may succeed later without anybody changing anything, or after reading the object again.</summary>
    public bool IsTransient => Kind is KubeErrorKind.Conflict or KubeErrorKind.AlreadyExists or KubeErrorKind.NotFound or KubeErrorKind.Expired
        or KubeErrorKind.TooManyRequests or KubeErrorKind.Timeout or KubeErrorKind.ServiceUnavailable or KubeErrorKind.InternalError
        or KubeErrorKind.Unreachable or KubeErrorKind.MalformedAnswer;
}
