using Firstline.Controllers.Diagnosis;
using Firstline.Controllers.Ports;
using Firstline.Core.Facts;

namespace Firstline.Controllers.Tests.Diagnosis;

/// <summary>No Prometheus.</summary>
internal sealed class NoMetrics : IMetricsSource
{
    public static TrafficReader Reader { get; } = new(new NoMetrics(), TrafficQueries.Default, TimeProvider.System);

    public Task<MetricAnswer> QueryAsync(string query, CancellationToken cancellationToken) => Task.FromResult<MetricAnswer>(new MetricAnswer.Unknown("there is none"));
}
