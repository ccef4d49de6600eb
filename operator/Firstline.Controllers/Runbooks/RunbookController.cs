using Firstline.Api.Meta;
using Firstline.Api.V1Alpha1;
using Firstline.Controllers.Ports;
using Firstline.Controllers.Remediation;
using Firstline.Controllers.Status;
using Firstline.Core.Lifecycle;
using Firstline.Kube.Runtime;
using Microsoft.Extensions.Logging;

namespace Firstline.Controllers.Runbooks;

/// <summary>Says of each runbook whether it can be used, what may be done with it and how it did so far. Never writes its spec.</summary>
public sealed partial class RunbookController(RemediationCaches caches, IStatusWriter status, TimeProvider clock, ILogger<RunbookController> log)
    : IReconciler<Runbook>
{
    private readonly ILogger _log = log;

    /// <inheritdoc/>
    public async Task<ReconcileResult> ReconcileAsync(Runbook resource, CancellationToken ct)
    {
        RemediationPolicySpec? policy = caches.Policies.Find(new NamespacedName("", RemediationPolicy.DefaultName))?.Spec;
        RunbookStatus after = RunbookReport.ToStatus(resource, policy, caches.Requests.List(), clock.GetUtcNow());
        if (StatusComparison.AreEqual(resource.Status, after, FirstlineJson.Of<RunbookStatus>()))
        {
            return ReconcileResult.Done;
        }

        await status.ApplyAsync(Runbook.Type, resource.Metadata, after, FirstlineJson.Of<RunbookStatus>(), FieldManagers.Runbooks, ct);
        LogJudged(resource.Metadata.Namespace ?? "", resource.Metadata.Name, after.Revision ?? "", after.Conditions[0].Reason);
        return ReconcileResult.Done;
    }

    [LoggerMessage(3201, LogLevel.Information, "Runbook {Namespace}/{Name} revision {Revision} was judged: {Reason}")]
    private partial void LogJudged(string @namespace, string name, string revision, string reason);
}
