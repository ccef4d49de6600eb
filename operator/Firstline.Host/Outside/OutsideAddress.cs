using System.Text.RegularExpressions;

namespace Firstline.Host.Outside;

/// <summary>Addresses of the configuration, in which names of a target may stand.</summary>
internal static partial class OutsideAddress
{
    private const string NamespacePlace = "{namespace}";
    private const string NamePlace = "{name}";

    /// <summary>The address for one target; null when its names are no parts of an address.</summary>
    public static Uri? For(string address, string? ns, string name) =>
        IsPart(name) && IsPart(ns ?? "") && Uri.TryCreate(Fill(address, ns ?? "", name), UriKind.Absolute, out Uri? filled) ? filled : null;

    public static string Fill(string address, string ns, string name) =>
        address.Replace(NamespacePlace, ns, StringComparison.Ordinal).Replace(NamePlace, name, StringComparison.Ordinal);

    /// <summary>What is wrong with an address, in one sentence; null when nothing is.</summary>
    /// <param name="address">As it is written.</param>
    /// <param name="filled">With names in it.</param>
    public static string? Problem(string address, string filled)
    {
        if (!Uri.TryCreate(filled, UriKind.Absolute, out Uri? uri) || uri is not { Scheme: "http" or "https", UserInfo: "" })
        {
            return $"url cannot be '{address}': write an address such as https://shop.example/healthz, without a user name; {NamespacePlace} and {NamePlace} may stand in the address of a probe";
        }

        string[] host = address.Split("://", 2)[1].Split('/', '?', '#')[0].Split(':')[0].Split('.');
        if (!host.Any(HasPlace))
        {
            return null;
        }

        return host.Skip(Math.Max(0, host.Length - OwnLabels(host))).Any(HasPlace)
            ? $"url cannot be '{address}': the names of a target would choose where it goes; end the host with a domain of your own, such as {NamePlace}.shop.example or {NamePlace}.{NamespacePlace}.svc"
            : host.Any(static label => HasPlace(label) && label is not (NamespacePlace or NamePlace))
            ? $"url cannot be '{address}': {NamespacePlace} and {NamePlace} stand for a whole label of the host each"
            : null;
    }

    // Below a top-level domain anybody may own a name; .svc and what ends it is the cluster's.
    private static int OwnLabels(string[] host) => host[^1] == "svc" ? 1 : 2;

    private static bool HasPlace(string label) => label.Contains('{', StringComparison.Ordinal);

    private static bool IsPart(string name) => Part().IsMatch(name);

    [GeneratedRegex(@"^([a-z0-9]([-a-z0-9]*[a-z0-9])?)?\z", RegexOptions.ExplicitCapture)]
    private static partial Regex Part();
}
