using System.Text.Json.Nodes;

namespace Firstline.DevServer.Http.Errors;

/// <summary>A request ends with a <c>Status</c> of kind Failure.</summary>
/// <remarks>Thrown by verbs, caught once at the edge: in a server each step may end the request, and each has its own words.</remarks>
internal sealed class ApiException(int code, string reason, string message, JsonObject? details = null) : Exception(message)
{
    public int Code { get; } = code;

    public string Reason { get; } = reason;

    public JsonObject? Details { get; } = details;

    /// <summary>A token by which the client may go on nevertheless (an expired list).</summary>
    public string? Continue { get; init; }

    public JsonObject ToStatus()
    {
        JsonObject status = new()
        {
            ["kind"] = "Status",
            ["apiVersion"] = "v1",
            ["metadata"] = Continue is null ? new JsonObject() : new JsonObject { ["continue"] = Continue },
            ["status"] = "Failure",
            ["message"] = Message,
        };
        if (Reason.Length > 0)
        {
            status["reason"] = Reason;
        }

        if (Details is not null)
        {
            status["details"] = Details.DeepClone();
        }

        status["code"] = Code;
        return status;
    }
}
