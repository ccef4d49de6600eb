using Firstline.Api.V1Alpha1;
using Firstline.Controllers.Ports;
using Firstline.Controllers.Status;
using Firstline.Core.Lifecycle;
using Firstline.Kube.Runtime;
using Microsoft.Extensions.Logging;

namespace Firstline.Controllers.Policies;

/// <summary>Says of the policy whether all that it names is known. Never writes its spec.</summary>
public sealed partial class PolicyController(IStatusWriter status, TimeProvider clock, ILogger<PolicyController> log) : IReconciler<RemediationPolicy>
{
    private readonly ILogger _log = log;

    /// <inheritdoc/>
    public async Task<ReconcileResult> ReconcileAsync(RemediationPolicy resource, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(resource);
        RemediationPolicyStatus after = PolicyReport.ToStatus(resource, clock.GetUtcNow());
        if (!StatusComparison.AreEqual(resource.Status, after, FirstlineJson.Of<RemediationPolicyStatus>()))
        {
            await status.ApplyAsync(RemediationPolicy.Type, resource.Metadata, after, FirstlineJson.Of<RemediationPolicyStatus>(), FieldManagers.Policy, ct);
            LogJudged(resource.Metadata.Name, after.Conditions[0].Reason, after.Conditions[0].Message);
        }

        return ReconcileResult.Done;
    }

    [LoggerMessage(3211, LogLevel.Information, "RemediationPolicy {Name} was judged: {Reason}: {Message}")]
    private partial void LogJudged(string name, string reason, string message);
}
