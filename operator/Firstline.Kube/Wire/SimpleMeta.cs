namespace Firstline.Kube.Wire;

/// <summary>The few fields of <c>metadata</c> that the client itself writes.</summary>
internal sealed record SimpleMeta
{
    public string? Name { get; init; }

    public string? Namespace { get; init; }

    public string? ResourceVersion { get; init; }
}
