using Firstline.Api.V1Alpha1;
using Firstline.Core.Facts;

namespace Firstline.Controllers.Ports;

/// <summary>Probes what the operator's own configuration names, and nothing else. An answer that does not come is a value, not an exception.</summary>
public interface IHttpProbe
{
    /// <summary>Sends one GET, and follows no redirect.</summary>
    /// <param name="destination">Name of a probe in the configuration.</param>
    /// <param name="target">The object whose name and namespace may stand in the configured address.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    Task<ProbeAnswer> ProbeAsync(string destination, TargetRef target, CancellationToken cancellationToken);
}
