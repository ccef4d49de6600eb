namespace Firstline.Kube.Config;

/// <summary>
/// A bearer token in a file that somebody rotates, as the kubelet does with service account tokens; with a client certificate where the kubeconfig
/// names one beside it, as client-go sends both.
/// </summary>
internal sealed class TokenFileCredentials : ICredentials
{
    private readonly Lock _gate = new();
    private readonly WatchedFile<Credential> _file;
    private readonly Func<Credential>? _certificate;
    private (Credential Token, Credential Certificate, Credential Both)? _joined;

    public TokenFileCredentials(string path, string source, TimeProvider clock, Func<Credential>? certificate = null)
    {
        _certificate = certificate;
        _file = new WatchedFile<Credential>(() => Read(path, source), [path], clock);
        _ = _file.Value;   // a wrong path is an error now, not at the first request
    }

    public ValueTask<Credential> GetAsync(CancellationToken ct) => new(_certificate is null ? _file.Value : Join(_file.Value, _certificate()));

    /// <summary>Always worth a second try: another request may have renewed the token that this one was refused with.</summary>
    public bool Renew()
    {
        _file.Reread();
        return true;
    }

    // Made anew only when one of them was rotated: each credential is one more in the order of issue.
    private Credential Join(Credential token, Credential certificate)
    {
        lock (_gate)
        {
            if (_joined is not { } known || known.Token != token || known.Certificate != certificate)
            {
                _joined = known = (token, certificate, new() { Token = token.Token, Certificate = certificate.Certificate });
            }

            return known.Both;
        }
    }

    private static Credential Read(string path, string source)
    {
        try
        {
            string token = File.ReadAllText(path).Trim();
            return token.Length > 0
                ? new Credential { Token = token }
                : throw new KubeConfigException($"{source}: the token file {path} is empty: write the token into it");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new KubeConfigException($"{source}: the token file {path} cannot be read: check that it exists and may be read", e);
        }
    }
}
