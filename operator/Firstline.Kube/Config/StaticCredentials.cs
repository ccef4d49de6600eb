namespace Firstline.Kube.Config;

/// <summary>A credential that never changes.</summary>
public sealed class StaticCredentials(Credential credential) : ICredentials
{
    public ValueTask<Credential> GetAsync(CancellationToken ct) => new(credential);

    public bool Renew() => false;
}
