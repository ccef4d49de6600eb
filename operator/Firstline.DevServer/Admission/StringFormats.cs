using System.Collections.Frozen;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text.RegularExpressions;

namespace Firstline.DevServer.Admission;

/// <summary>The string formats that the API server checks in custom resources; it ignores all others.</summary>
internal static partial class StringFormats
{
    private static readonly FrozenDictionary<string, Func<string, bool>> Checks = new Dictionary<string, Func<string, bool>>
    {
        ["date-time"] = IsDateTime,
        ["datetime"] = IsDateTime,
        ["date"] = s => DateOnly.TryParseExact(s, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out _),
        ["duration"] = s => Duration().IsMatch(s),
        ["byte"] = IsBase64,
        ["uuid"] = s => Uuid().IsMatch(s),
        ["ipv4"] = s => IPAddress.TryParse(s, out IPAddress? ip) && ip.AddressFamily == AddressFamily.InterNetwork && s.Count(c => c == '.') == 3,
        ["ipv6"] = s => IPAddress.TryParse(s, out IPAddress? ip) && ip.AddressFamily == AddressFamily.InterNetworkV6,
        ["cidr"] = IsCidr,
        ["uri"] = s => Uri.TryCreate(s, UriKind.Absolute, out _) || s.StartsWith('/'),
        ["email"] = s => Email().IsMatch(s),
        ["hostname"] = s => Hostname().IsMatch(s),
    }.ToFrozenDictionary();

    /// <summary>True when the value has the format, or when the format is not one that the server checks.</summary>
    public static bool Accept(string format, string value) => !Checks.TryGetValue(format, out Func<string, bool>? check) || check(value);

    public static bool IsDateTime(string value) =>
        Rfc3339().IsMatch(value) && DateTimeOffset.TryParse(value, CultureInfo.InvariantCulture, DateTimeStyles.None, out _);

    private static bool IsBase64(string value) => Convert.TryFromBase64String(value, new byte[value.Length], out _);

    private static bool IsCidr(string value) =>
        value.Split('/') is [string address, string length] && IPAddress.TryParse(address, out IPAddress? ip)
        && int.TryParse(length, NumberStyles.None, CultureInfo.InvariantCulture, out int bits)
        && bits <= (ip.AddressFamily == AddressFamily.InterNetwork ? 32 : 128);

    [GeneratedRegex(@"^\d{4}-\d\d-\d\d[Tt]\d\d:\d\d:\d\d(\.\d+)?([Zz]|[+-]\d\d:\d\d)$")]
    private static partial Regex Rfc3339();

    [GeneratedRegex(@"^-?((\d+(\.\d*)?|\.\d+)\s*(ns|us|µs|μs|ms|s|m|h|d|w|nanos?|micros?|millis?|seconds?|minutes?|hours?|days?|weeks?)\s*)+$|^0$")]
    private static partial Regex Duration();

    [GeneratedRegex("^[0-9a-fA-F]{8}-?[0-9a-fA-F]{4}-?[0-9a-fA-F]{4}-?[0-9a-fA-F]{4}-?[0-9a-fA-F]{12}$")]
    private static partial Regex Uuid();

    [GeneratedRegex(@"^[^\s@<>]+@[^\s@<>]+$")]
    private static partial Regex Email();

    [GeneratedRegex(@"^(?=.{1,255}$)[a-zA-Z0-9]([a-zA-Z0-9-]{0,61}[a-zA-Z0-9])?(\.[a-zA-Z0-9]([a-zA-Z0-9-]{0,61}[a-zA-Z0-9])?)*\.?$")]
    private static partial Regex Hostname();
}
