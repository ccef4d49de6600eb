using System.Collections.Immutable;
using System.Globalization;
using System.Net;
using System.Text.RegularExpressions;

namespace Firstline.Host.Options;

/// <summary>Reads values as people type them; a <see cref="FormatException"/> says what is allowed.</summary>
internal static partial class SettingValue
{
    public static IPAddress Address(string text) =>
        IPAddress.TryParse(text, out IPAddress? address) ? address : throw new FormatException("it is an IP address, such as 127.0.0.1 or 0.0.0.0");

    public static bool OnOff(string text) => text.ToLowerInvariant() switch
    {
        "on" => true,
        "off" => false,
        _ => throw new FormatException("it is on or off"),
    };

    public static int Port(string text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int port) && port <= IPEndPoint.MaxPort
            ? port
            : throw new FormatException("a port is a number from 0 to 65535; 0 takes a free one");

    public static TimeSpan Duration(string text) =>
        Api.Meta.Duration.TryParse(text, out Api.Meta.Duration duration)
            ? duration.Value
            : throw new FormatException("a duration is written as 30s, 5m or 1h30m");

    public static TimeSpan PositiveDuration(string text) =>
        Duration(text) is var value && value > TimeSpan.Zero ? value : throw new FormatException("it is longer than 0s");

    public static TimeSpan WholeSeconds(string text) =>
        Duration(text) is var value && value >= TimeSpan.FromSeconds(1) && value.Ticks % TimeSpan.TicksPerSecond == 0
            ? value
            : throw new FormatException("it is a number of whole seconds, at least 1s");

    public static int Number(string text, int least, int most) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int number) && number >= least && number <= most
            ? number
            : throw new FormatException($"it is a whole number from {least} to {most}");

    public static decimal Amount(string text) =>
        decimal.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out decimal amount) && amount <= 1_000_000
            ? amount
            : throw new FormatException("it is an amount such as 0.25, at most 1000000");

    public static string Pattern(string text)
    {
        try
        {
            _ = new Core.Diagnosis.EvidenceRedaction(text);
            return text;
        }
        catch (ArgumentException e)
        {
            throw new FormatException($"it is a regular expression without look-around and back-references that does not match the empty text: {e.Message.Split(" (Parameter", 2)[0]}", e);
        }
    }

    public static string Dashboard(string text)
    {
        try
        {
            _ = new Core.Diagnosis.DashboardLink(text);
            return text;
        }
        catch (ArgumentException e)
        {
            throw new FormatException($"it is an address such as https://grafana.example/d/pods?var-namespace={{namespace}}&from={{from}}&to={{to}}: {e.Message.Split(" (Parameter", 2)[0]}", e);
        }
    }

    public static string RangeQuery(string text) =>
        text.Contains("[$range]", StringComparison.Ordinal) ? text : throw new FormatException("it is PromQL over [$range], such as sum(rate(http_requests_total{namespace=\"$namespace\",pod=~\"$pods\"}[$range]))");

    public static Uri HttpAddress(string text) =>
        Uri.TryCreate(text, UriKind.Absolute, out Uri? address) && address is { Scheme: "http" or "https", UserInfo: "" }
            ? address
            : throw new FormatException("it is an address such as http://collector.monitoring:4318");

    public static string Namespace(string text) => NamespaceName().IsMatch(text)
        ? text
        : throw new FormatException("the name of a namespace has at most 63 lower-case letters, digits and dashes, and begins and ends with a letter or digit");

    public static ImmutableArray<string> Namespaces(string text)
    {
        ImmutableArray<string> names = [.. text.Split(',', StringSplitOptions.TrimEntries).Select(Namespace)];
        return names.GroupBy(static n => n).FirstOrDefault(static g => g.Count() > 1) is { } twice ? throw new FormatException($"it names {twice.Key} twice") : names;
    }

    public static T OneOf<T>(string text)
        where T : struct, Enum =>
        Enum.GetNames<T>().Contains(text, StringComparer.OrdinalIgnoreCase)
            ? Enum.Parse<T>(text, ignoreCase: true)
            : throw new FormatException($"it is one of {string.Join(", ", Enum.GetNames<T>().Select(static n => n.ToLowerInvariant()))}");

    [GeneratedRegex("^[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?$")]
    private static partial Regex NamespaceName();
}
