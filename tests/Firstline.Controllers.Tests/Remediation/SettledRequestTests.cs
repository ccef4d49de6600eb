using System.Collections.Immutable;
using Firstline.Api.V1Alpha1;
using Firstline.Controllers.Observation;
using Firstline.Controllers.Ports;
using Firstline.Controllers.Remediation;
using Firstline.Core.Facts;
using Firstline.Core.Gates;
using Firstline.Core.Planning;
using Firstline.Kube.Client;
using Firstline.Kube.Config;
using Firstline.Kube.Informers;
using Firstline.Kube.Leases;
using Firstline.Kube.Runtime;
using FluentAssertions;
using Microsoft.Extensions.Logging.Abstractions;
using Xunit;

namespace Firstline.Controllers.Tests.Remediation;

public sealed class SettledRequestTests
{
    [Fact]
    public async Task A_settled_request_is_done_before_anything_is_read()
    {
        using KubeClient nowhere = new(new ClusterAccess { Server = new("http://127.0.0.1:1") }, TimeProvider.System);
        Unreadable world = new();
        RequestLedger ledger = new();
        RemediationObserver observer = new(
            RemediationCaches.From(new SharedInformers(nowhere, TimeProvider.System)), world, world, world, new RememberedRights(world, TimeProvider.System), new AlwaysLeader(), ledger, TimeProvider.System);
        RemediationController controller = new(
            observer, new PlanExecutor(nowhere, new AlwaysLeader()), new RequestHold(nowhere, new AlwaysLeader()), null!, ledger, null!, new OperatorOptions("firstline-system"), TimeProvider.System,
            NullLogger<RemediationController>.Instance);
        RemediationRequest ended = new() { Metadata = new() { Name = "undo", Namespace = "shop", Uid = "u" }, Status = new() { Outcome = RemediationOutcome.Succeeded } };

        (await controller.ReconcileAsync(ended, CancellationToken.None)).Should().Be(ReconcileResult.Done);

        RemediationRequest behind = ended with { Status = null };
        ledger.Changed(null, behind);
        ledger.Wrote(behind, ended.Status!, DateTimeOffset.UnixEpoch);
        (await controller.ReconcileAsync(behind, CancellationToken.None)).Should().Be(ReconcileResult.Done, "what this process wrote counts, not the older cache");
        await controller.Invoking(c => c.ReconcileAsync(ended with { Status = null, Metadata = new() { Name = "open", Namespace = "shop", Uid = "v" } }, CancellationToken.None))
            .Should().ThrowAsync<InvalidOperationException>("an open one is observed");
    }

    private sealed class Unreadable : ISituationSource, ICacheFreshness, IApprovalIdentitySource, IApproverRights
    {
        CacheFacts? ICacheFreshness.Current => throw new InvalidOperationException("read");

        public Situation? Observe(TargetRef target) => throw new InvalidOperationException("read");

        public Task<ImmutableDictionary<string, bool>?> OfAsync(RemediationRequest request, IEnumerable<ApprovalRecord> approvals, CancellationToken ct) => throw new InvalidOperationException("read");

        ApprovalIdentities IApprovalIdentitySource.Current => throw new InvalidOperationException("read");

        public void OnChange(Action<TargetRef> changed) => throw new InvalidOperationException("read");

        public Situation LookAround(Situation situation) => throw new InvalidOperationException("read");
    }
}
