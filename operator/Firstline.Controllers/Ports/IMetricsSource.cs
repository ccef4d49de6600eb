using Firstline.Core.Facts;

namespace Firstline.Controllers.Ports;

/// <summary>Asks Prometheus. Reads only; an answer that does not come is a value, not an exception.</summary>
public interface IMetricsSource
{
    /// <summary>The numbers that a query gives now.</summary>
    /// <param name="query">PromQL.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    Task<MetricAnswer> QueryAsync(string query, CancellationToken cancellationToken);
}
