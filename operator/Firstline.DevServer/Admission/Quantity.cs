using System.Globalization;
using System.Text.RegularExpressions;

namespace Firstline.DevServer.Admission;

/// <summary>Amounts such as <c>500m</c>, <c>1.5</c> and <c>256Mi</c>.</summary>
internal static partial class Quantity
{
    /// <summary>The API server's sentence for text that is no quantity.</summary>
    public const string Error = "quantities must match the regular expression '^([+-]?[0-9.]+)([eEinumkKMGTP]*[-+]?[0-9]*)$'";

    private static readonly Dictionary<string, double> Suffixes = new(StringComparer.Ordinal)
    {
        ["n"] = 1e-9, ["u"] = 1e-6, ["m"] = 1e-3, [""] = 1, ["k"] = 1e3, ["M"] = 1e6, ["G"] = 1e9, ["T"] = 1e12, ["P"] = 1e15, ["E"] = 1e18,
        ["Ki"] = 1024d, ["Mi"] = 1048576d, ["Gi"] = 1073741824d, ["Ti"] = 1099511627776d, ["Pi"] = 1125899906842624d, ["Ei"] = 1152921504606846976d,
    };

    private static readonly string[] DecimalSteps = ["n", "u", "m", "", "k", "M", "G", "T", "P", "E"];

    private static readonly string[] BinarySteps = ["", "Ki", "Mi", "Gi", "Ti", "Pi", "Ei"];

    /// <summary>The amount in its base unit (cores, bytes); null when the text is no quantity.</summary>
    public static double? Parse(string text)
    {
        Match match = Form().Match(text);
        if (!match.Success || !double.TryParse(match.Groups["number"].Value, NumberStyles.Float, CultureInfo.InvariantCulture, out double number))
        {
            return null;
        }

        string suffix = match.Groups["suffix"].Value;
        if (Suffixes.TryGetValue(suffix, out double factor))
        {
            return number * factor;
        }

        return suffix is ['e' or 'E', .. string digits] && int.TryParse(digits, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out int exponent)
            ? number * Math.Pow(10, exponent)
            : null;
    }

    /// <summary>The text as the server writes it back: the largest suffix that leaves no fraction (<c>0.5</c> is <c>500m</c>, <c>1024Mi</c> is <c>1Gi</c>).</summary>
    public static string Canonical(string text)
    {
        Match match = Form().Match(text);
        string suffix = match.Groups["suffix"].Value;
        bool plain = match.Success && Suffixes.ContainsKey(suffix);
        return plain && decimal.TryParse(match.Groups["number"].Value, NumberStyles.Float, CultureInfo.InvariantCulture, out decimal number)
            ? Canonical(number, suffix.EndsWith('i') ? BinarySteps : DecimalSteps, suffix)
            : text;
    }

    private static string Canonical(decimal number, string[] steps, string suffix)
    {
        if (number == 0)
        {
            return "0";
        }

        int step = Array.IndexOf(steps, suffix);
        decimal size = steps == BinarySteps ? 1024 : 1000;
        for (; number != decimal.Truncate(number) && step > 0; step--)
        {
            number *= size;
        }

        for (; number % size == 0 && step < steps.Length - 1; step++)
        {
            number /= size;
        }

        return number.ToString("0.#########", CultureInfo.InvariantCulture) + steps[step];
    }

    [GeneratedRegex("^(?<number>[+-]?([0-9]+(\\.[0-9]*)?|\\.[0-9]+))(?<suffix>[eE][+-]?[0-9]+|[KMGTPE]i|[numkMGTPE]?)$")]
    private static partial Regex Form();
}
