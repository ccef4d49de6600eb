namespace Firstline.Kube.Wire;

/// <summary>What a credential plugin hands out. Not a record, so that it never prints itself.</summary>
internal sealed class ExecStatus
{
    public string? ExpirationTimestamp { get; init; }

    public string? Token { get; init; }

    public string? ClientCertificateData { get; init; }

    public string? ClientKeyData { get; init; }
}
