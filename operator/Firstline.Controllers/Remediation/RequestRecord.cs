using Firstline.Api.Meta;
using Firstline.Api.V1Alpha1;
using Firstline.Controllers.Ports;
using Firstline.Kube;
using Firstline.Kube.Client;
using Firstline.Kube.Leases;

namespace Firstline.Controllers.Remediation;

/// <summary>Stores the status of a request: only while the lease is surely ours, and only over the version that it was decided on.</summary>
/// <remarks>
/// What a request says of its steps is how the next leader knows what was sent. A leader that was frozen and does not know yet that it lost the lease would replace
/// that by what it decided before.
/// </remarks>
public sealed class RequestRecord(IStatusWriter status, RequestLedger ledger)
{
    /// <summary>Stores it.</summary>
    /// <param name="read">The request as it was read, which the status was decided on.</param>
    /// <param name="after">The whole status.</param>
    /// <param name="ct">Stops waiting.</param>
    /// <returns>False when the request is gone.</returns>
    /// <exception cref="TransientException">The request has changed since it was read; it is decided on anew.</exception>
    /// <exception cref="NotLeaderException">The lease is not ours now.</exception>
    /// <exception cref="StatusRefusedException">The API server does not take it; what is stored stays.</exception>
    public async Task<bool> StoreAsync(RemediationRequest read, RemediationRequestStatus after, CancellationToken ct)
    {
        try
        {
            return await status.ApplyUnchangedAsync(
                RemediationRequest.Type, read.Metadata, after, FirstlineJson.Of<RemediationRequestStatus>(), FieldManagers.Remediation, ct) is not null;
        }
        catch (KubeException e) when (e.Kind == KubeErrorKind.Conflict)
        {
            ledger.Overtaken(read);
            throw new TransientException($"remediationrequest {NamespacedName.Of(read.Metadata)} changed between reading and writing; it is read again", e);
        }
    }
}
