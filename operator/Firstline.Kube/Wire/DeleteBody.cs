namespace Firstline.Kube.Wire;

/// <summary><c>meta/v1 DeleteOptions</c>.</summary>
internal sealed record DeleteBody
{
    public string ApiVersion { get; init; } = "v1";

    public string Kind { get; init; } = "DeleteOptions";

    public DeletePreconditions? Preconditions { get; init; }

    public string? PropagationPolicy { get; init; }

    public long? GracePeriodSeconds { get; init; }

    public IReadOnlyList<string>? DryRun { get; init; }
}
