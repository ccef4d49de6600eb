using System.Net;

namespace Firstline.DevServer.Simulation.Client;

/// <summary>The API server refused a request, in its own words.</summary>
internal sealed class ApiException(HttpStatusCode code, string reason, string message, TimeSpan? retryAfter) : Exception(message)
{
    public HttpStatusCode Code { get; } = code;

    /// <summary>CamelCase word of the Status object; empty when the answer was none.</summary>
    public string Reason { get; } = reason;

    /// <summary>How long the server asks to wait; null when it does not say.</summary>
    public TimeSpan? RetryAfter { get; } = retryAfter;

    /// <summary>The resource version of a watch or of a page is too old: list again.</summary>
    public bool IsExpired => Code == HttpStatusCode.Gone || Reason == "Expired";

    public bool IsAlreadyExists => Reason == "AlreadyExists";
}
