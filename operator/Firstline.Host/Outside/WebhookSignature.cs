using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Firstline.Host.Outside;

/// <summary>Signs calls as https://www.standardwebhooks.com describes it, so that receivers can check them with a library of theirs.</summary>
internal static class WebhookSignature
{
    private const string Base64Prefix = "whsec_";

    /// <summary>The value of <c>webhook-signature</c>: <c>v1,</c> and the HMAC-SHA256 of id, seconds and body in base64.</summary>
    /// <param name="key">The key as its file holds it.</param>
    /// <param name="id">The call's id.</param>
    /// <param name="seconds">Unix time of sending.</param>
    /// <param name="body">The body.</param>
    /// <exception cref="FormatException">The key begins with whsec_ and is no base64.</exception>
    public static string Of(string key, string id, long seconds, string body)
    {
        byte[] secret = key.StartsWith(Base64Prefix, StringComparison.Ordinal) ? Convert.FromBase64String(key[Base64Prefix.Length..]) : Encoding.UTF8.GetBytes(key);
        byte[] signed = Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{id}.{seconds}.{body}"));
        return $"v1,{Convert.ToBase64String(HMACSHA256.HashData(secret, signed))}";
    }
}
