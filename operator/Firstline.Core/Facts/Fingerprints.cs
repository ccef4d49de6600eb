using System.Security.Cryptography;
using System.Text;
using Firstline.Api.V1Alpha1;

namespace Firstline.Core.Facts;

/// <summary>Identities that stay the same for the same trouble, across restarts and replicas of the operator.</summary>
/// <remarks>They name the object by kind and name, never by UID: a deleted and re-created workload in the same trouble is the same trouble.</remarks>
public static class Fingerprints
{
    private const int MaxLength = 253;

    /// <summary>Identity of trouble with <paramref name="target"/>: <c>apps/Deployment/shop/web</c>.</summary>
    public static string Of(TargetRef target)
    {
        ArgumentNullException.ThrowIfNull(target);
        int slash = target.ApiVersion.IndexOf('/', StringComparison.Ordinal);
        string group = slash < 0 ? "core" : target.ApiVersion[..slash];
        return Bounded($"{group}/{target.Kind}/{target.Namespace ?? "-"}/{target.Name}");
    }

    /// <summary>Identity of what one detector finds on <paramref name="target"/>: <c>CrashLoop/apps/Deployment/shop/web</c>.</summary>
    public static string Of(string detector, TargetRef target) => Bounded($"{detector}/{Of(target)}");

    /// <summary>The first <paramref name="length"/> hexadecimal digits of the text's SHA-256.</summary>
    public static string Hash(string text, int length) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)))[..length];

    private static string Bounded(string text) => text.Length <= MaxLength ? text : $"{text[..(MaxLength - 17)]}-{Hash(text, 16)}";
}
