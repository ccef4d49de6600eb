namespace Firstline.Controllers.Ports;

/// <summary>What the controllers reach outside the API server.</summary>
/// <param name="Metrics">Prometheus.</param>
/// <param name="Probe">Probes over HTTP.</param>
/// <param name="Webhooks">Webhooks that actions call.</param>
public sealed record OutsidePorts(IMetricsSource Metrics, IHttpProbe Probe, IWebhookCaller Webhooks);
