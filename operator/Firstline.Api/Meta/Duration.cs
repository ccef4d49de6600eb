using System.Globalization;
using System.Text;
using System.Text.Json.Serialization;

namespace Firstline.Api.Meta;

/// <summary>A length of time as people write it in Kubernetes objects: <c>30s</c>, <c>5m</c>, <c>1h30m</c>, <c>500ms</c>. Never negative.</summary>
[JsonConverter(typeof(DurationJsonConverter))]
public readonly record struct Duration : IComparable<Duration>
{
    /// <summary>Pattern that the custom resources' schemas carry.</summary>
    public const string Pattern = "^([0-9]+(h|m|s|ms))+$";

    private static readonly (string Unit, long Milliseconds)[] Units = [("ms", 1), ("h", 3_600_000), ("m", 60_000), ("s", 1_000)];

    private Duration(TimeSpan value) => Value = value;

    /// <summary>The length of time.</summary>
    public TimeSpan Value { get; }

    /// <summary>Makes a duration.</summary>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="value"/> is negative.</exception>
    public static Duration From(TimeSpan value) =>
        value >= TimeSpan.Zero ? new(value) : throw new ArgumentOutOfRangeException(nameof(value), value, "a duration is not negative");

    /// <summary>Reads <paramref name="text"/>; false when it is not of the form <see cref="Pattern"/> or longer than ten years.</summary>
    public static bool TryParse(string? text, out Duration duration)
    {
        duration = default;
        long total = 0;
        int at = 0;
        if (string.IsNullOrEmpty(text))
        {
            return false;
        }

        while (at < text.Length)
        {
            int digits = at;
            while (at < text.Length && char.IsAsciiDigit(text[at]))
            {
                at++;
            }

            (string Unit, long Milliseconds) unit = Array.Find(Units, u => string.CompareOrdinal(text, at, u.Unit, 0, u.Unit.Length) == 0);
            if (unit.Unit is null || !int.TryParse(text.AsSpan(digits, at - digits), NumberStyles.None, CultureInfo.InvariantCulture, out int count))
            {
                return false;
            }

            total += count * unit.Milliseconds;
            at += unit.Unit.Length;
        }

        duration = new(TimeSpan.FromMilliseconds(total));
        return duration.Value <= TimeSpan.FromDays(3653);
    }

    /// <inheritdoc/>
    public int CompareTo(Duration other) => Value.CompareTo(other.Value);

    /// <summary>The shortest text that <see cref="TryParse"/> reads back, such as <c>1h30m</c>.</summary>
    public override string ToString()
    {
        long left = (long)Value.TotalMilliseconds;
        StringBuilder text = new();
        foreach ((string unit, long size) in (ReadOnlySpan<(string, long)>)[("h", 3_600_000), ("m", 60_000), ("s", 1_000), ("ms", 1)])
        {
            if (left >= size)
            {
                text.Append(CultureInfo.InvariantCulture, $"{left / size}{unit}");
                left %= size;
            }
        }

        return text.Length == 0 ? "0s" : text.ToString();
    }

    /// <summary>True when <paramref name="left"/> is shorter.</summary>
    public static bool operator <(Duration left, Duration right) => left.Value < right.Value;

    /// <summary>True when <paramref name="left"/> is longer.</summary>
    public static bool operator >(Duration left, Duration right) => left.Value > right.Value;

    /// <summary>True when <paramref name="left"/> is not longer.</summary>
    public static bool operator <=(Duration left, Duration right) => left.Value <= right.Value;

    /// <summary>True when <paramref name="left"/> is not shorter.</summary>
    public static bool operator >=(Duration left, Duration right) => left.Value >= right.Value;
}
