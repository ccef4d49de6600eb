using System.Globalization;
using System.Text.Json;

namespace Firstline.DevServer.Simulation.Values;

/// <summary>A count, or a share of a total such as <c>25%</c> (<c>intstr.IntOrString</c>).</summary>
internal static class IntOrPercent
{
    /// <summary>The count that a field means.</summary>
    /// <param name="value">Number or percentage; missing means <paramref name="missing"/>.</param>
    /// <param name="total">What a percentage is of.</param>
    /// <param name="rounding">Which way a fraction of one goes.</param>
    /// <param name="missing">Count when the field is not there.</param>
    public static int Resolve(JsonElement value, int total, MidpointRounding rounding, int missing)
    {
        if (value.ValueKind == JsonValueKind.Number && value.TryGetInt32(out int count))
        {
            return count;
        }

        int percent = 0;
        bool isShare = value.ValueKind == JsonValueKind.String
            && int.TryParse(value.GetString()!.TrimEnd('%'), NumberStyles.None, CultureInfo.InvariantCulture, out percent);
        return isShare ? (int)Math.Round(total * percent / 100m, rounding) : missing;
    }
}
