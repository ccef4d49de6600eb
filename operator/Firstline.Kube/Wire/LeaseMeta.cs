namespace Firstline.Kube.Wire;

internal sealed record LeaseMeta
{
    public string? Name { get; init; }

    public string? Namespace { get; init; }

    public string? ResourceVersion { get; init; }
}
