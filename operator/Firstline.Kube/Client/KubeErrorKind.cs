namespace Firstline.Kube.Client;

/// <summary>Why a request failed; the words of <c>metav1.StatusReason</c>, and those that only a client can know.</summary>
public enum KubeErrorKind
{
    /// <summary>An answer that fits none of the others.</summary>
    Unknown,
    NotFound,
    AlreadyExists,

    /// <summary>The object changed meanwhile, or another field manager owns a field.</summary>
    Conflict,
    Invalid,
    BadRequest,
    Forbidden,
    Unauthorized,

    /// <summary>The resourceVersion or continue token is too old (410): list anew.</summary>
    Expired,
    TooManyRequests,
    MethodNotAllowed,
    UnsupportedMediaType,
    RequestEntityTooLarge,

    /// <summary>The server gave up in time, or the answer did not come within the client's limit.</summary>
    Timeout,
    ServiceUnavailable,
    InternalError,

    /// <summary>No connection, a broken one, or a server whose certificate is not trusted.</summary>
    Unreachable,

    /// <summary>The answer is not what the API promises, such as a truncated or malformed body.</summary>
    MalformedAnswer,
}
