namespace Firstline.Kube.Client;

/// <summary>
/// Order of resource versions of one kind. API servers from 1.35 promise that they are decimal numbers that grow
/// (https://kubernetes.io/docs/reference/using-api/api-concepts/#resource-versions); before, only equality means something.
/// </summary>
internal static class ResourceVersions
{
    /// <summary>True when <paramref name="version"/> is <paramref name="other"/> or later; null when they cannot be compared.</summary>
    public static bool? IsAtLeast(string version, string other)
    {
        if (!IsNumber(version) || !IsNumber(other))
        {
            return version.Length > 0 && version == other ? true : null;
        }

        return version.Length != other.Length ? version.Length > other.Length : string.CompareOrdinal(version, other) >= 0;
    }

    private static bool IsNumber(string version) => version.Length > 0 && version[0] != '0' && !version.AsSpan().ContainsAnyExceptInRange('0', '9');
}
