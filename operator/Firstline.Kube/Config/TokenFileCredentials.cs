namespace Firstline.Kube.Config;

/// <summary>A bearer token in a file that somebody rotates, as the kubelet does with service account tokens.</summary>
internal sealed class TokenFileCredentials : ICredentials
{
    private readonly WatchedFile<Credential> _file;

    public TokenFileCredentials(string path, string source, TimeProvider clock)
    {
        _file = new WatchedFile<Credential>(() => Read(path, source), [path], clock);
        _ = _file.Value;   // a wrong path is an error now, not at the first request
    }

    public ValueTask<Credential> GetAsync(CancellationToken ct) => new(_file.Value);

    /// <summary>Always worth a second try: another request may have renewed the token that this one was refused with.</summary>
    public bool Renew()
    {
        _file.Reread();
        return true;
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
