using Firstline.Api.Meta;
using Firstline.Api.V1Alpha1;
using Firstline.Controllers.Remediation;
using Firstline.Core.Gates;
using Firstline.Core.Lifecycle;
using Firstline.Core.Planning;
using Firstline.Kube.Client;
using Firstline.Kube.Leases;

namespace Firstline.Controllers.Planning;

/// <summary>
/// Completes the requests that were planned by what only a read of their target tells, judges their gates, and creates each once, while the lease is surely ours.
/// </summary>
/// <remarks>A request whose gates are not all open is created nevertheless: it waits, or ends, where people can see why.</remarks>
public sealed class RequestCreation(IKubeClient client, ILeadership leadership, RemediationObserver observer, OperatorOptions options, TimeProvider clock)
{
    /// <summary>Creates the request, or reads the one that was created for the same plan before.</summary>
    /// <param name="incident">What it is for; owns it.</param>
    /// <param name="planned">Its name and what it says.</param>
    /// <param name="ct">Stops waiting.</param>
    /// <returns>The request, and whether it is new.</returns>
    /// <exception cref="NotLeaderException">The lease is not ours now.</exception>
    /// <exception cref="KubeException">Of kind Invalid or BadRequest: the API server refuses the plan.</exception>
    public async Task<(RemediationRequest Request, bool IsNew)> CreateAsync(Incident incident, PlanningResult.Planned planned, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(incident);
        ArgumentNullException.ThrowIfNull(planned);
        string ns = incident.Metadata.Namespace ?? "";
        RemediationRequest request = await JudgedAsync(RequestOf(incident, await TargetContentReader.CompleteAsync(client, ns, planned, ct)), ct);
        try
        {
            WriteOptions write = new() { FieldManager = FieldManagers.Planning, OnceWithin = leadership.EnsureLeader() };
            KubeResponse answer = await client.CreateAsync(RemediationRequest.Type, ns, request, FirstlineJson.RemediationRequest, ct, write);
            return (answer.Read(FirstlineJson.RemediationRequest), true);
        }
        catch (KubeException e) when (e.Kind == KubeErrorKind.AlreadyExists)
        {
            // The name says which incident, runbook revision and attempt it is: this plan was made before, and the cache had not shown it.
            return (await client.GetAsync(RemediationRequest.Type, new NamespacedName(ns, planned.Name), FirstlineJson.RemediationRequest, ct), false);
        }
    }

    // What may begin at once is made with what holds it, so that its intent is the next write; what has to wait is not.
    private async Task<RemediationRequest> JudgedAsync(RemediationRequest request, CancellationToken ct)
    {
        GateInput view = await observer.ObserveAsync(request, options.Namespace, ct);
        return request with { Metadata = request.Metadata with { Finalizers = RequestFinalizer.OfNew(GateChain.Judge(GateChain.Forward, view, clock.GetUtcNow())) } };
    }

    private static RemediationRequest RequestOf(Incident incident, PlanningResult.Planned planned) => new()
    {
        Metadata = new()
        {
            Name = planned.Name,
            Namespace = incident.Metadata.Namespace,
            OwnerReferences =
            [
                new()
                {
                    ApiVersion = GroupVersion.ApiVersion,
                    Kind = Incident.Type.Kind,
                    Name = incident.Metadata.Name,
                    Uid = incident.Metadata.Uid ?? "",
                    Controller = true,
                },
            ],
        },
        Spec = planned.Spec,
    };
}
