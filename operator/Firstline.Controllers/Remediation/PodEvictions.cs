using System.Collections.Immutable;
using System.Globalization;
using Firstline.Api.V1Alpha1;
using Firstline.Controllers.Observation;
using Firstline.Controllers.Observation.Wire;
using Firstline.Core.Actions;
using Firstline.Core.Lifecycle;
using Firstline.Kube;
using Firstline.Kube.Client;
using Firstline.Kube.Leases;

namespace Firstline.Controllers.Remediation;

/// <summary>
/// Evicts the pods of a plan, one per call, so that the gates are judged again before each. What is done is read from the cluster and not remembered: a pod
/// whose UID is gone or ending is done, whoever ended it, so that a restart goes on where the last run stood.
/// </summary>
internal sealed class PodEvictions(IKubeClient client, ILeadership leadership)
{
    // A budget opens when a replacement is ready; no watch of ours shows it.
    private static readonly TimeSpan BudgetRecheck = TimeSpan.FromSeconds(5);

    /// <summary>Evicts the next pod that its budget lets go.</summary>
    public async Task<StepOutcome> SendAsync(Mutation mutation, StepOutcome.Applied done, WriteMode mode, CancellationToken ct)
    {
        ImmutableArray<BoundPod> all = BoundPod.Of(mutation);
        ImmutableArray<BoundPod> left = await LeftAsync(mutation, all, ct);
        string? held = null;
        for (int at = 0; at < left.Length; at++)
        {
            switch (await EvictAsync(left[at], mode, ct))
            {
                case (true, _):
                    int gone = all.Length - left.Length + at + 1;
                    return gone == all.Length && held is null ? done : new StepOutcome.Waiting(held ?? Progress(gone, all.Length), held is null ? TimeSpan.Zero : BudgetRecheck);
                case (false, { } why):
                    held ??= $"{Progress(all.Length - left.Length, all.Length)}; {left[at]} has to stay for now: {why}";
                    break;
            }
        }

        return held is null ? done : new StepOutcome.Waiting(held, BudgetRecheck) { IsUntouched = left.Length == all.Length };
    }

    /// <summary>How far it is.</summary>
    public async Task<StepOutcome> LookAsync(Mutation mutation, StepOutcome.Applied done, CancellationToken ct)
    {
        ImmutableArray<BoundPod> all = BoundPod.Of(mutation);
        int left = (await LeftAsync(mutation, all, ct)).Length;
        return left == 0 ? done : left == all.Length ? new StepOutcome.NotApplied() : new StepOutcome.Waiting(Progress(all.Length - left, all.Length), BudgetRecheck);
    }

    private static string Progress(int gone, int all) => string.Create(CultureInfo.InvariantCulture, $"{gone} of {all} pods evicted");

    // One list of what is bound to the node, of which only identities are kept; a single pod was just read by the caller.
    private async Task<ImmutableArray<BoundPod>> LeftAsync(Mutation mutation, ImmutableArray<BoundPod> all, CancellationToken ct)
    {
        if (mutation.Body is null)
        {
            return all;
        }

        HashSet<string> alive = new(StringComparer.Ordinal);
        ResourceQuery query = new(BuiltinTypes.Pods, FieldSelector: $"spec.nodeName={mutation.Target.Name}");
        await foreach (NamespaceWire pod in client.ListAsync(query, WireJson.Default.NamespaceWire, ct))
        {
            if (pod.Metadata is { DeletionTimestamp: null, Uid: { } uid })
            {
                alive.Add(uid);
            }
        }

        return [.. all.Where(p => alive.Contains(p.Uid))];
    }

    /// <summary>True when the pod goes or is gone; false with the reason why it stays.</summary>
    private async Task<(bool IsGone, string? Why)> EvictAsync(BoundPod pod, WriteMode mode, CancellationToken ct)
    {
        DeleteOptions options = new() { Uid = pod.Uid, Mode = mode, OnceWithin = leadership.EnsureLeader() };
        try
        {
            await client.EvictAsync(new(pod.Namespace, pod.Name), ct, options);
            return (true, null);
        }
        catch (KubeException e) when (e.Kind == KubeErrorKind.NotFound)
        {
            return (true, null);
        }
        catch (KubeException e) when (e.Kind == KubeErrorKind.Conflict)
        {
            throw new TransientException($"pod {pod} changed while it was evicted; it is read again", e);
        }
        catch (KubeException e) when (e.Kind == KubeErrorKind.TooManyRequests)
        {
            return (false, e.Status?.Details?.Causes is [{ Message: { Length: > 0 } budget }, ..] ? budget : e.Message);
        }
    }
}
