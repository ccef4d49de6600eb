using System.Globalization;

namespace Firstline.Host.Options;

/// <summary>Writes values as <see cref="SettingValue"/> reads them.</summary>
internal static class SettingText
{
    public static string Of(Enum value) => value.ToString().ToLowerInvariant();

    public static string Of(bool value) => value ? "on" : "off";

    public static string Of(long value) => value.ToString(CultureInfo.InvariantCulture);

    public static string Of(decimal? value) => value?.ToString(CultureInfo.InvariantCulture) ?? "";

    public static string Of(TimeSpan value) => Api.Meta.Duration.From(value).ToString();
}
