using System.Security.Cryptography;
using System.Text;
using Firstline.Kube.Config;

namespace Firstline.Host.Signals;

/// <summary>A bearer token that lives in a file; read again while the operator runs, so that a rotated Secret needs no restart.</summary>
internal sealed class TokenFile(string path, TimeProvider clock)
{
    private const string Scheme = "Bearer ";
    private readonly WatchedFile<byte[]> _hash = new(() => ReadHash(path), [path], clock);

    /// <summary>True when the header carries the token. Takes the same time for every wrong one.</summary>
    /// <param name="authorization">Value of the <c>Authorization</c> header; null without one.</param>
    public bool Accepts(string? authorization)
    {
        bool isBearer = authorization is not null && authorization.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase);
        byte[] given = SHA256.HashData(Encoding.UTF8.GetBytes(isBearer ? authorization![Scheme.Length..].Trim() : ""));

        // A sender may have the new token before the last look at the file is ten seconds old, and Alertmanager never repeats what got a 401.
        return isBearer && (IsToken(given, _hash.Value) || IsToken(given, _hash.Reread()));
    }

    /// <exception cref="OperatorStartException">The file cannot be read or holds no token.</exception>
    public void Check()
    {
        try
        {
            if (_hash.Value.Length == 0)
            {
                throw new OperatorStartException($"the webhook's token file {path} is empty: write a token into it");
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new OperatorStartException($"the webhook's token file {path} cannot be read: {e.Message}", e);
        }
    }

    private static bool IsToken(byte[] given, byte[] expected) => expected.Length > 0 && CryptographicOperations.FixedTimeEquals(expected, given);

    /// <summary>Empty while the file holds no token.</summary>
    private static byte[] ReadHash(string path)
    {
        string token = File.ReadAllText(path).Trim();
        return token.Length == 0 ? [] : SHA256.HashData(Encoding.UTF8.GetBytes(token));
    }
}
