using System.Buffers.Text;
using System.Globalization;
using System.Text.Json;

namespace Firstline.Kube.Config;

/// <summary>
/// The OIDC token that a person's kubeconfig holds (<c>auth-provider: {name: oidc}</c>). kubectl renews it there; this reads it again when it has ended, and never
/// renews it itself: a refresh token counts once, and the one in the file is kubectl's.
/// </summary>
internal sealed class OidcCredentials : ICredentials
{
    private static readonly TimeSpan Margin = TimeSpan.FromSeconds(10);
    private readonly WatchedFile<Held> _file;
    private readonly string _path;
    private readonly string _user;
    private readonly TimeProvider _clock;

    public OidcCredentials(string path, string user, TimeProvider clock)
    {
        (_path, _user, _clock) = (path, user, clock);
        _file = new WatchedFile<Held>(() => Read(path, user), [path], clock);
        _ = _file.Value;   // what is missing is an error now, not at the first request
    }

    public ValueTask<Credential> GetAsync(CancellationToken ct)
    {
        Held held = IsOver(_file.Value) ? _file.Reread() : _file.Value;
        return IsOver(held)
            ? throw new KubeConfigException(string.Create(
                CultureInfo.InvariantCulture,
                $"the kubeconfig {_path}: the OIDC token of user {_user} ended at {held.Expires:u}: run any kubectl command as this user, which renews it there, or log in again"))
            : new(held.Credential);
    }

    /// <summary>Always worth a second try: kubectl may have renewed the token that this one was refused with.</summary>
    public bool Renew()
    {
        _file.Reread();
        return true;
    }

    private bool IsOver(Held held) => held.Expires - Margin <= _clock.GetUtcNow();

    private static Held Read(string path, string user)
    {
        ConfigNode provider = ConfigFile.Read(path).Maps("users").FirstOrDefault(n => n.Text("name") == user)?.Map("user")?.Map("auth-provider")
            ?? throw new KubeConfigException($"the kubeconfig {path} has no user {user} with an auth-provider any more: add it again, or restart with another user");
        string token = provider.Map("config")?.Text("id-token") ?? throw provider.Wrong("config.id-token", "is missing: log in once with kubectl, which writes it there");
        DateTimeOffset expires = ExpiryOf(token) ?? throw provider.Wrong("config.id-token", "is no JSON web token that says when it ends: log in again with kubectl");
        return new(new Credential { Token = token }, expires);
    }

    private static DateTimeOffset? ExpiryOf(string token)
    {
        try
        {
            using JsonDocument claims = JsonDocument.Parse(Base64Url.DecodeFromChars(token.Split('.') is [_, var payload, _] ? payload : ""));
            return claims.RootElement.TryGetProperty("exp", out JsonElement exp) && exp.TryGetInt64(out long seconds) ? DateTimeOffset.FromUnixTimeSeconds(seconds) : null;
        }
        catch (Exception e) when (e is FormatException or JsonException or InvalidOperationException or ArgumentOutOfRangeException)
        {
            return null;   // the token may be a secret all the same: nothing of it is told
        }
    }

    private sealed record Held(Credential Credential, DateTimeOffset Expires);
}
