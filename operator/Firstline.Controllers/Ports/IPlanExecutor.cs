using Firstline.Api.V1Alpha1;
using Firstline.Core.Lifecycle;
using Firstline.Kube.Client;

namespace Firstline.Controllers.Ports;

/// <summary>Carries out steps of plans.</summary>
public interface IPlanExecutor
{
    /// <summary>Sends the next change of a step, unless its mark shows that it was sent before: <see cref="StepOutcome.Waiting"/> while there is more to send or to wait for.</summary>
    /// <param name="request">The request, with its newest status.</param>
    /// <param name="step">One of its steps.</param>
    /// <param name="direction">The change, or what undoes it.</param>
    /// <param name="mode">A dry run asks the API server for all changes of the step but to store them, of evictions for the first alone; it never waits.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <exception cref="Kube.TransientException">It may or may not have been sent; calling again finds out.</exception>
    /// <exception cref="KubeException">As above, for errors that the API server answered.</exception>
    Task<StepOutcome> SendAsync(RemediationRequest request, PlannedStep step, PlanDirection direction, WriteMode mode, CancellationToken cancellationToken);

    /// <summary>Asks the API server what the plan would change, and changes nothing (dryRun=All).</summary>
    /// <exception cref="Kube.Leases.NotLeaderException">The lease is not ours now.</exception>
    Task<PlanPreview> PreviewAsync(RemediationRequest request, DateTimeOffset now, CancellationToken cancellationToken);

    /// <summary>Only looks whether a step was sent before.</summary>
    Task<StepOutcome> RecogniseAsync(RemediationRequest request, PlannedStep step, CancellationToken cancellationToken);
}
