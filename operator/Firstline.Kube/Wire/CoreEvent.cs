namespace Firstline.Kube.Wire;

/// <summary><c>v1 Event</c>, the form whose count <c>kubectl describe</c> shows as "x3 over 5m".</summary>
internal sealed record CoreEvent
{
    public string ApiVersion { get; init; } = "v1";

    public string Kind { get; init; } = "Event";

    public SimpleMeta Metadata { get; init; } = new();

    public required EventObject InvolvedObject { get; init; }

    public required string Reason { get; init; }

    public required string Message { get; init; }

    public required string Type { get; init; }

    public required EventSource Source { get; init; }

    public required string FirstTimestamp { get; init; }

    public required string LastTimestamp { get; init; }

    public int Count { get; init; } = 1;

    public required string ReportingComponent { get; init; }

    public required string ReportingInstance { get; init; }
}
