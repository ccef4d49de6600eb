using System.Collections.Concurrent;
using Firstline.Api.Meta;
using Firstline.Api.V1Alpha1;
using Firstline.Controllers.Observation;
using Firstline.Controllers.Ports;
using Firstline.Controllers.Status;
using Firstline.Core.Lifecycle;
using Firstline.Core.Planning;
using Firstline.Kube.Runtime;
using Microsoft.Extensions.Logging;

namespace Firstline.Controllers.Runbooks;

/// <summary>Says of each runbook whether it can be used, what may be done with it and how it did so far. Never writes its spec.</summary>
public sealed partial class RunbookController(
    RemediationCaches caches, IApprovalIdentitySource identity, IStatusWriter status, TimeProvider clock, ILogger<RunbookController> log)
    : IReconciler<Runbook>
{
    /// <summary>How long the count of runs may be behind: however many end meanwhile, they cost one write.</summary>
    public static readonly TimeSpan CountInterval = TimeSpan.FromSeconds(10);

    // What time alone changes, such as which failures the circuit breaker still counts, is shown this late at most. It costs no request.
    private static readonly TimeSpan Recheck = TimeSpan.FromMinutes(1);
    private readonly ConcurrentDictionary<string, DateTimeOffset> _behindSince = new(StringComparer.Ordinal);
    private readonly ILogger _log = log;

    /// <inheritdoc/>
    public async Task<ReconcileResult> ReconcileAsync(Runbook resource, CancellationToken ct)
    {
        RemediationPolicySpec? policy = caches.Policies.Find(new NamespacedName("", RemediationPolicy.DefaultName))?.Spec;
        DateTimeOffset now = clock.GetUtcNow();
        ApprovalIdentities identities = identity.Current;
        RunbookStatus after = RunbookReport.ToStatus(resource, policy, identities.OfRunbooks, caches.RequestsOf(resource), now, identities.OfAuthors);
        string uid = resource.Metadata.Uid ?? "";
        if (StatusComparison.AreEqual(resource.Status, after, FirstlineJson.Of<RunbookStatus>()))
        {
            _behindSince.TryRemove(uid, out _);
            return new(Recheck);
        }

        if (RunbookReport.IsCountAlone(resource.Status, after) && _behindSince.GetOrAdd(uid, now) + CountInterval - now is var left && left > TimeSpan.Zero && left <= CountInterval)
        {
            return new(left);
        }

        _behindSince.TryRemove(uid, out _);
        await status.ApplyAsync(Runbook.Type, resource.Metadata, after, FirstlineJson.Of<RunbookStatus>(), FieldManagers.Runbooks, ct);
        LogJudged(resource.Metadata.Namespace ?? "", resource.Metadata.Name, after.Revision ?? "", after.Conditions[0].Reason);
        return new(Recheck);
    }

    [LoggerMessage(3201, LogLevel.Information, "Runbook {Namespace}/{Name} revision {Revision} was judged: {Reason}")]
    private partial void LogJudged(string @namespace, string name, string revision, string reason);
}
