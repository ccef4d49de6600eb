namespace Firstline.Kube.Config;

/// <summary>A client certificate, read again when its files change.</summary>
internal sealed class CertificateCredentials(Func<Credential> read) : ICredentials
{
    public ValueTask<Credential> GetAsync(CancellationToken ct) => new(read());

    public bool Renew() => false;
}
