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

        string host = address.Split("://", 2)[1].Split('/', '?', '#')[0].Split(':')[0];
        string last = host.Split('.')[^1];
        return host.Contains('{', StringComparison.Ordinal) && (last.Contains('{', StringComparison.Ordinal) || !host.Contains('.', StringComparison.Ordinal))
            ? $"url cannot be '{address}': the names of a target would choose where it goes; end the host with a domain of your own, such as {NamePlace}.{NamespacePlace}.svc"
            : null;
    }

    private static bool IsPart(string name) => Part().IsMatch(name);

    [GeneratedRegex(@"^([a-z0-9]([-a-z0-9]*[a-z0-9])?)?\z", RegexOptions.ExplicitCapture)]
    private static partial Regex Part();
}
