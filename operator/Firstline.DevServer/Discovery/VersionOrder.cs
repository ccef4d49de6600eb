using System.Globalization;
using System.Text.RegularExpressions;

namespace Firstline.DevServer.Discovery;

/// <summary>Kubernetes' order of versions, most wanted first: <c>v2, v1, v1beta2, v1beta1, v1alpha1</c>, then other names by alphabet.</summary>
internal sealed partial class VersionOrder : IComparer<string>
{
    public static readonly VersionOrder Instance = new();

    public int Compare(string? x, string? y)
    {
        (int Stage, int Major, int Minor) one = Rank(x ?? "");
        (int Stage, int Major, int Minor) other = Rank(y ?? "");
        int order = other.CompareTo(one);
        return order != 0 ? order : string.CompareOrdinal(x, y);
    }

    private static (int Stage, int Major, int Minor) Rank(string version)
    {
        Match match = Form().Match(version);
        if (!match.Success)
        {
            return (0, 0, 0);
        }

        int stage = match.Groups["stage"].Value switch { "" => 3, "beta" => 2, _ => 1 };
        return (stage, Number(match.Groups["major"].Value), Number(match.Groups["minor"].Value));
    }

    private static int Number(string digits) => int.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out int number) ? number : 0;

    [GeneratedRegex("^v(?<major>[0-9]+)((?<stage>alpha|beta)(?<minor>[0-9]+))?$")]
    private static partial Regex Form();
}
