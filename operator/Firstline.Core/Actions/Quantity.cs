using System.Globalization;

namespace Firstline.Core.Actions;

/// <summary>An amount of memory or CPU as Kubernetes writes it: <c>256Mi</c>, <c>1.5Gi</c>, <c>100M</c>, <c>250m</c>, <c>1e3</c>. Exact, never negative.</summary>
/// <remarks>Format: https://kubernetes.io/docs/reference/kubernetes-api/common-definitions/quantity/.</remarks>
public readonly record struct Quantity : IComparable<Quantity>
{
    private static readonly (string Suffix, decimal Size)[] Binary =
    [
        ("Ei", 1152921504606846976m), ("Pi", 1125899906842624m), ("Ti", 1099511627776m), ("Gi", 1073741824m), ("Mi", 1048576m), ("Ki", 1024m), ("", 1m),
    ];

    private static readonly (string Suffix, decimal Size)[] Decimal =
    [
        ("E", 1e18m), ("P", 1e15m), ("T", 1e12m), ("G", 1e9m), ("M", 1e6m), ("k", 1e3m), ("", 1m), ("m", 1e-3m), ("u", 1e-6m), ("n", 1e-9m),
    ];

    private readonly string? _suffix;

    private Quantity(decimal value, string suffix)
    {
        Value = value;
        _suffix = suffix;
    }

    /// <summary>Bytes, or cores.</summary>
    public decimal Value { get; }

    /// <summary>Reads <paramref name="text"/>; false when the API server would refuse it, when it is negative, or above 2^63.</summary>
    public static bool TryParse(string? text, out Quantity quantity)
    {
        quantity = default;
        int digits = text is null ? 0 : NumberLength(text);
        if (digits == 0 || !decimal.TryParse(text.AsSpan(0, digits), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out decimal number))
        {
            return false;
        }

        if (SizeOf(text![digits..]) is not { } size || number > long.MaxValue / Math.Max(size, 1))
        {
            return false;
        }

        quantity = new(number * size, char.IsAsciiDigit(text[^1]) || text[^1] == '.' ? "" : text[digits..]);
        return true;
    }

    /// <summary>This amount times <paramref name="factor"/>, rounded up to a whole unit (a byte, or a thousandth of a core).</summary>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="factor"/> is not above 0.</exception>
    public Quantity Times(decimal factor) => Times(factor, _suffix is "m" or "u" or "n" ? 1e-3m : 1m);

    /// <summary>This amount times <paramref name="factor"/>, rounded up to a whole <paramref name="unit"/>.</summary>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="factor"/> is not above 0.</exception>
    public Quantity Times(decimal factor, decimal unit)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(factor);
        return new(Math.Ceiling(Value * factor / unit) * unit, _suffix ?? "");
    }

    /// <inheritdoc/>
    public int CompareTo(Quantity other) => Value.CompareTo(other.Value);

    /// <summary>The one text of this amount that the API server stores as it is: the largest suffix of its family without a fraction, binary from 1024 on.</summary>
    /// <remarks>As <c>CanonicalizeBytes</c> of apimachinery does it; what is below a billionth is rounded up.</remarks>
    public override string ToString()
    {
        bool isBinary = _suffix?.EndsWith('i') == true && Value >= 1024;
        decimal least = isBinary ? 1m : 1e-9m;
        decimal value = Math.Ceiling(Value / least) * least;
        (string suffix, decimal size) = (isBinary ? Binary : Decimal).First(f => value % f.Size == 0);
        return value == 0 ? "0" : (value / size).ToString("0", CultureInfo.InvariantCulture) + suffix;
    }

    /// <summary>True when <paramref name="left"/> is less.</summary>
    public static bool operator <(Quantity left, Quantity right) => left.Value < right.Value;

    /// <summary>True when <paramref name="left"/> is more.</summary>
    public static bool operator >(Quantity left, Quantity right) => left.Value > right.Value;

    /// <summary>True when <paramref name="left"/> is not more.</summary>
    public static bool operator <=(Quantity left, Quantity right) => left.Value <= right.Value;

    /// <summary>True when <paramref name="left"/> is not less.</summary>
    public static bool operator >=(Quantity left, Quantity right) => left.Value >= right.Value;

    private static int NumberLength(string text)
    {
        int at = 0;
        while (at < text.Length && (char.IsAsciiDigit(text[at]) || text[at] == '.'))
        {
            at++;
        }

        return at;
    }

    private static decimal? SizeOf(string suffix)
    {
        foreach ((string name, decimal size) in Binary.Concat(Decimal))
        {
            if (name == suffix)
            {
                return size;
            }
        }

        bool isExponent = suffix.Length > 1 && suffix[0] is 'e' or 'E'
            && int.TryParse(suffix.AsSpan(1), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out int exponent) && exponent is >= -9 and <= 18;
        return isExponent ? decimal.Parse("1" + suffix, NumberStyles.Float, CultureInfo.InvariantCulture) : null;
    }
}
