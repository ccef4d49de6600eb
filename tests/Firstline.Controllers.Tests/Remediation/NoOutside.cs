using Firstline.Api.V1Alpha1;
using Firstline.Controllers.Ports;
using Firstline.Core.Facts;

namespace Firstline.Controllers.Tests.Remediation;

/// <summary>An operator that reaches nothing but the API server.</summary>
internal sealed class NoOutside : IMetricsSource, IHttpProbe
{
    private static readonly NoOutside Nothing = new();

    public static OutsidePorts Ports { get; } = new(Nothing, Nothing);

    public Task<MetricAnswer> QueryAsync(string query, CancellationToken cancellationToken) => Task.FromResult<MetricAnswer>(new MetricAnswer.Unknown("nothing is configured"));

    public Task<ProbeAnswer> ProbeAsync(string destination, TargetRef target, CancellationToken cancellationToken) => Task.FromResult<ProbeAnswer>(new ProbeAnswer.Unknown("nothing is configured"));
}
