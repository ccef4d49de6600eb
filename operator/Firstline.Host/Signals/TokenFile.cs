using System.Security.Cryptography;
using System.Text;

namespace Firstline.Host.Signals;

/// <summary>A bearer token that lives in a file; read again when the file changes, so that a rotated Secret needs no restart.</summary>
internal sealed class TokenFile(string path)
{
    private const string Scheme = "Bearer ";
    private readonly Lock _gate = new();
    private byte[] _hash = [];
    private DateTime _readOf;

    /// <summary>True when the header carries the token. Takes the same time for every wrong one.</summary>
    /// <param name="authorization">Value of the <c>Authorization</c> header; null without one.</param>
    public bool Accepts(string? authorization)
    {
        byte[] expected = Expected();
        bool isBearer = authorization is not null && authorization.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase);
        byte[] given = SHA256.HashData(Encoding.UTF8.GetBytes(isBearer ? authorization![Scheme.Length..].Trim() : ""));
        return isBearer && expected.Length > 0 && CryptographicOperations.FixedTimeEquals(expected, given);
    }

    /// <exception cref="OperatorStartException">The file cannot be read or holds no token.</exception>
    public void Check()
    {
        try
        {
            if (Expected().Length == 0)
            {
                throw new OperatorStartException($"the webhook's token file {path} is empty: write a token into it");
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new OperatorStartException($"the webhook's token file {path} cannot be read: {e.Message}", e);
        }
    }

    /// <summary>Hash of the token; empty while the file holds none.</summary>
    private byte[] Expected()
    {
        lock (_gate)
        {
            DateTime written = File.GetLastWriteTimeUtc(path);
            if (written != _readOf)
            {
                string token = File.ReadAllText(path).Trim();
                _hash = token.Length == 0 ? [] : SHA256.HashData(Encoding.UTF8.GetBytes(token));
                _readOf = written;
            }

            return _hash;
        }
    }
}
