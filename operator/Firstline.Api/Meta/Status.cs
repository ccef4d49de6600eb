namespace Firstline.Api.Meta;

/// <summary>The API server's answer when there is no object to return: errors, and deletions (<c>metav1.Status</c>).</summary>
public sealed record Status
{
    /// <summary>Always <c>v1</c>.</summary>
    public string ApiVersion { get; init => field = value ?? "v1"; } = "v1";

    /// <summary>Always <c>Status</c>.</summary>
    public string Kind { get; init => field = value ?? "Status"; } = "Status";

    /// <summary>List metadata; empty in a Status, but always sent.</summary>
    public ListMeta Metadata { get; init => field = value ?? new(); } = new();

    /// <summary><c>Success</c> or <c>Failure</c>.</summary>
    [System.Text.Json.Serialization.JsonPropertyName("status")]
    public string Outcome { get; init => field = value ?? ""; } = "";

    /// <summary>One sentence for people.</summary>
    public string? Message { get; init; }

    /// <summary>CamelCase word for programs, such as <c>NotFound</c>, <c>AlreadyExists</c>, <c>Conflict</c>, <c>Invalid</c>, <c>Expired</c>.</summary>
    public string? Reason { get; init; }

    /// <summary>Which object, and the field causes; null when there is nothing to add.</summary>
    public StatusDetails? Details { get; init; }

    /// <summary>HTTP status code; 0 when not sent.</summary>
    public int Code { get; init; }
}
