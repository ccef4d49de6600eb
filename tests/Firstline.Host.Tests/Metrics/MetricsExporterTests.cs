using System.Diagnostics.Metrics;
using Firstline.Host.Metrics;
using FluentAssertions;
using Xunit;

namespace Firstline.Host.Tests.Metrics;

public sealed class MetricsExporterTests : IDisposable
{
    private readonly Meter _meter = new("Firstline.Test." + Guid.NewGuid());
    private readonly MetricsExporter _exporter = new();

    public void Dispose()
    {
        _exporter.Dispose();
        _meter.Dispose();
    }

    [Fact]
    public void Scrape_writes_a_counter_with_help_type_and_its_sorted_labels()
    {
        Counter<long> counter = _meter.CreateCounter<long>("test_a_requests", description: "Requests\nof a test.");

        counter.Add(2, new("verb", "GET"), new("code", 200));
        counter.Add(3, new("code", 200), new("verb", "GET"));

        Lines("test_a_").Should().Equal(
            "# HELP test_a_requests_total Requests\\nof a test.",
            "# TYPE test_a_requests_total counter",
            "test_a_requests_total{code=\"200\",verb=\"GET\"} 5");
    }

    [Fact]
    public void Scrape_writes_a_histogram_with_cumulative_buckets()
    {
        Histogram<double> histogram = _meter.CreateHistogram(
            "test_b.duration", "s", "Time.", null, new InstrumentAdvice<double> { HistogramBucketBoundaries = [0.1, 1] });

        histogram.Record(0.1);
        histogram.Record(0.5);
        histogram.Record(7);

        Lines("test_b_").Skip(2).Should().Equal(
            "test_b_duration_seconds_bucket{le=\"0.1\"} 1",
            "test_b_duration_seconds_bucket{le=\"1\"} 2",
            "test_b_duration_seconds_bucket{le=\"+Inf\"} 3",
            "test_b_duration_seconds_sum 7.6",
            "test_b_duration_seconds_count 3");
    }

    [Fact]
    public void Scrape_as_OpenMetrics_has_exemplars_and_families_without_total_and_an_end()
    {
        Histogram<double> histogram = _meter.CreateHistogram("test_g.duration", "s", "Time.", null, new InstrumentAdvice<double> { HistogramBucketBoundaries = [1] });
        histogram.Record(0.5, new("stage", "gates"), new(Exemplar.TraceId, "0af7651916cd43dd8448eb211c80319c"));
        histogram.Record(7, new KeyValuePair<string, object?>("stage", "gates"));
        _meter.CreateCounter<int>("test_g_requests", description: "Requests.").Add(1);

        string[] lines = [.. _exporter.Scrape(MetricsFormat.OpenMetrics).Split('\n').Where(static l => l.Contains("test_g", StringComparison.Ordinal) || l == "# EOF")];

        lines[2].Should().MatchRegex("^test_g_duration_seconds_bucket{stage=\"gates\",le=\"1\"} 1 # {trace_id=\"0af7651916cd43dd8448eb211c80319c\"} 0\\.5 [0-9.]+$");
        lines[3].Should().Be("test_g_duration_seconds_bucket{stage=\"gates\",le=\"+Inf\"} 2");
        lines[6..].Should().Equal("# HELP test_g_requests Requests.", "# TYPE test_g_requests counter", "test_g_requests_total 1", "# EOF");
        Lines("test_g_").Should().NotContain(static l => l.Contains("trace_id", StringComparison.Ordinal), "the older format has no exemplars");
    }

    [Fact]
    public void Scrape_writes_a_gauge_that_goes_down_and_one_that_is_observed()
    {
        UpDownCounter<int> depth = _meter.CreateUpDownCounter<int>("test_c_depth", description: "Depth.");
        _meter.CreateObservableGauge("test_c_size", static () => 42L, "By", "Size.");

        depth.Add(5);
        depth.Add(-2);

        Lines("test_c_").Where(static l => l[0] != '#').Should().Equal("test_c_depth 3", "test_c_size_bytes 42");
    }

    [Fact]
    public void Scrape_escapes_what_a_label_may_hold()
    {
        Counter<int> counter = _meter.CreateCounter<int>("test_d", description: "Escapes.");

        counter.Add(1, new KeyValuePair<string, object?>("path.of", "a\\b\"c\nd"));

        Lines("test_d_").Should().Contain("test_d_total{path_of=\"a\\\\b\\\"c\\nd\"} 1");
    }

    [Fact]
    public void Scrape_sums_up_label_sets_beyond_the_bound_in_one_series()
    {
        Counter<int> counter = _meter.CreateCounter<int>("test_e", description: "Bounded.");

        for (int i = 0; i < MetricFamily.MaxSeries + 5; i++)
        {
            counter.Add(1, new KeyValuePair<string, object?>("id", i));
        }

        string[] lines = Lines("test_e_");
        lines.Should().HaveCount(2 + MetricFamily.MaxSeries + 1);
        lines.Should().Contain("test_e_total{overflow=\"true\"} 5");
    }

    [Fact]
    public void Scrape_leaves_out_other_meters_and_what_was_never_measured()
    {
        using Meter foreign = new("Other.Meter");
        foreign.CreateCounter<int>("test_f_foreign").Add(1);
        _meter.CreateCounter<int>("test_f_unused");

        Lines("test_f_").Should().BeEmpty();
    }

    private string[] Lines(string prefix) =>
        [.. _exporter.Scrape().Split('\n', StringSplitOptions.RemoveEmptyEntries).Where(l => l.Split(' ').Take(3).Any(w => w.StartsWith(prefix, StringComparison.Ordinal)))];
}
