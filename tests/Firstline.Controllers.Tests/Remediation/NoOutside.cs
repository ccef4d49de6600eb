using Firstline.Api.V1Alpha1;
using Firstline.Controllers.Ports;
using Firstline.Core.Facts;
using Firstline.Core.Lifecycle;

namespace Firstline.Controllers.Tests.Remediation;

/// <summary>An operator that reaches nothing but the API server.</summary>
internal sealed class NoOutside : IMetricsSource, IHttpProbe, IWebhookCaller
{
    private static readonly NoOutside Nothing = new();

    public static OutsidePorts Ports { get; } = new(Nothing, Nothing, Nothing);

    public Task<MetricAnswer> QueryAsync(string query, CancellationToken cancellationToken) => Task.FromResult<MetricAnswer>(new MetricAnswer.Unknown("nothing is configured"));

    public Task<WebhookAnswer> CallAsync(WebhookCall call, CancellationToken cancellationToken) => Task.FromResult<WebhookAnswer>(new WebhookAnswer.NotSent("nothing is configured"));

    public Task<ProbeAnswer> ProbeAsync(string destination, TargetRef target, CancellationToken cancellationToken) => Task.FromResult<ProbeAnswer>(new ProbeAnswer.Unknown("nothing is configured"));
}
