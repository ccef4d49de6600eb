using System.Globalization;
using System.Text.Json;
using Firstline.Core.Facts;

namespace Firstline.Host.Outside;

/// <summary>Reads the JSON of Prometheus' HTTP API: an instant vector or a scalar.</summary>
internal static class PrometheusAnswer
{
    private const int MaxSamples = 1000;

    public static MetricAnswer Read(ReadOnlyMemory<byte> json)
    {
        try
        {
            using JsonDocument document = JsonDocument.Parse(json);
            return Read(document.RootElement);
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or KeyNotFoundException or FormatException or IndexOutOfRangeException)
        {
            return new MetricAnswer.Unknown("what answered is not Prometheus");
        }
    }

    // Warnings say that the answer is not whole: a store behind it did not answer.
    private static MetricAnswer Read(JsonElement answer)
    {
        if (answer.GetProperty("status").GetString() != "success")
        {
            string type = answer.TryGetProperty("errorType", out JsonElement kind) ? kind.GetString() ?? "" : "";
            string words = answer.TryGetProperty("error", out JsonElement error) ? error.GetString() ?? "" : "";
            return new MetricAnswer.Unknown(BoundedText.Of($"Prometheus refuses the query: {type}: {words}", 512));
        }

        if (answer.TryGetProperty("warnings", out JsonElement warnings) && warnings.GetArrayLength() > 0)
        {
            return new MetricAnswer.Unknown(BoundedText.Of($"the answer of Prometheus is not whole: {warnings[0].GetString()}", 512));
        }

        JsonElement data = answer.GetProperty("data"), result = data.GetProperty("result");
        return data.GetProperty("resultType").GetString() switch
        {
            "scalar" => new MetricAnswer.Samples([new("", NumberIn(result))]),
            "vector" when result.GetArrayLength() > MaxSamples => new MetricAnswer.Unknown($"the query gives more than {MaxSamples} series: aggregate it"),
            "vector" => new MetricAnswer.Samples([.. result.EnumerateArray().Select(static s => new MetricSample(SeriesOf(s.GetProperty("metric")), NumberIn(s.GetProperty("value"))))]),
            var other => new MetricAnswer.Unknown(BoundedText.Of($"the query gives a {other}, not numbers of one moment", 256)),
        };
    }

    private static double NumberIn(JsonElement value) => value[1].GetString() switch
    {
        "NaN" => double.NaN,
        "+Inf" or "Inf" => double.PositiveInfinity,
        "-Inf" => double.NegativeInfinity,
        var number => double.Parse(number ?? "", NumberStyles.Float, CultureInfo.InvariantCulture),
    };

    private static string SeriesOf(JsonElement metric)
    {
        string[] labels = [.. metric.EnumerateObject().Select(static l => $"{l.Name}=\"{l.Value.GetString()}\"")];
        return labels.Length == 0 ? "" : BoundedText.Of($"{{{string.Join(',', labels)}}}", 256);
    }
}
