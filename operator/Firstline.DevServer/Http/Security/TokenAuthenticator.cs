using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Security.Cryptography;
using Firstline.DevServer.Http.Errors;

namespace Firstline.DevServer.Http.Security;

/// <summary>Knows users by their bearer tokens.</summary>
internal sealed class TokenAuthenticator
{
    private const string Scheme = "Bearer ";
    private const string Masters = "system:masters";

    private readonly ConcurrentDictionary<string, IssuedToken> byToken = new(StringComparer.Ordinal);
    private readonly TimeProvider time;

    public TokenAuthenticator(IEnumerable<DevUser> users, TimeProvider time)
    {
        this.time = time;
        Users = [.. users.Select(user => user with { Token = user.Token ?? NewToken() })];
        foreach (DevUser user in Users)
        {
            byToken[user.Token!] = new IssuedToken(user, DateTimeOffset.MaxValue);
        }
    }

    /// <summary>The fixed users, each with a token.</summary>
    public ImmutableArray<DevUser> Users { get; }

    /// <summary>A new token that ends by itself.</summary>
    public string Issue(DevUser user, DateTimeOffset expires)
    {
        string token = NewToken();
        byToken[token] = new IssuedToken(user with { Token = token }, expires);
        return token;
    }

    public DevUser? Find(string token) =>
        byToken.TryGetValue(token, out IssuedToken? issued) && time.GetUtcNow() < issued.Expires ? issued.User : null;

    /// <summary>The user of a request; administrators may speak for others (<c>--as</c>).</summary>
    /// <exception cref="ApiException">401: no token, or one that nobody has; 403: impersonation by somebody else.</exception>
    public DevUser Authenticate(HttpRequest request)
    {
        string header = request.Headers.Authorization.ToString();
        DevUser user = (header.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase) ? Find(header[Scheme.Length..].Trim()) : null)
            ?? throw ApiErrors.Unauthorized();
        string other = request.Headers["Impersonate-User"].ToString();
        if (other.Length == 0)
        {
            return user;
        }

        return user.Groups.Contains(Masters)
            ? new DevUser(other, [.. request.Headers["Impersonate-Group"].OfType<string>()])
            : throw new ApiException(403, "Forbidden", $"users \"{other}\" is forbidden: User \"{user.Name}\" cannot impersonate resource \"users\" in API group \"\" at the cluster scope");
    }

    /// <summary>A token that nobody can guess.</summary>
    public static string NewToken() => RandomNumberGenerator.GetHexString(32, lowercase: true);

    private sealed record IssuedToken(DevUser User, DateTimeOffset Expires);
}
