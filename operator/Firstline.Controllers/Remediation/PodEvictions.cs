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
    // A budget opens when a replacement is ready, which takes its time; each look asks for each pod that is held.
    private static readonly TimeSpan BudgetRecheck = TimeSpan.FromSeconds(10);

    // A dry run of a drain is one request per pod.
    private const int MostTried = 32;

    /// <summary>Evicts the next pod that its budget lets go; a dry run asks for the first one and does not mind its budget.</summary>
    public async Task<StepOutcome> SendAsync(Mutation mutation, StepOutcome.Applied done, WriteMode mode, CancellationToken ct)
    {
        ImmutableArray<BoundPod> all = BoundPod.Of(mutation);
        ImmutableArray<BoundPod> left = await LeftAsync(mutation, all, ct);
        if (mode == WriteMode.Commit)
        {
            return await NextAsync(all, left, done, ct);
        }

        _ = left.IsEmpty ? default : await EvictAsync(left[0], mode, ct);
        return done;
    }

    private async Task<StepOutcome> NextAsync(ImmutableArray<BoundPod> all, ImmutableArray<BoundPod> left, StepOutcome.Applied done, CancellationToken ct)
    {
        string? held = null;
        for (int at = 0; at < left.Length; at++)
        {
            switch (await EvictAsync(left[at], WriteMode.Commit, ct))
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

    /// <summary>Which pods have to stay for now, as a dry run tells, one sentence each; each is asked about by itself, so that a budget that lets one go lets all go.</summary>
    public async Task<ImmutableArray<string>> HeldAsync(Mutation mutation, CancellationToken ct)
    {
        ImmutableArray<string>.Builder held = ImmutableArray.CreateBuilder<string>();
        foreach (BoundPod pod in (await LeftAsync(mutation, BoundPod.Of(mutation), ct)).Take(MostTried))
        {
            if (await EvictAsync(pod, WriteMode.DryRun, ct) is (false, { } why))
            {
                held.Add($"{pod} has to stay for now: {why}");
            }
        }

        return held.ToImmutable();
    }

    /// <summary>How far it is.</summary>
    public async Task<StepOutcome> LookAsync(Mutation mutation, StepOutcome.Applied done, CancellationToken ct)
    {
        ImmutableArray<BoundPod> all = BoundPod.Of(mutation);
        int left = (await LeftAsync(mutation, all, ct)).Length;
        return left == 0 ? done : left == all.Length ? new StepOutcome.NotApplied() : new StepOutcome.Waiting(Progress(all.Length - left, all.Length), BudgetRecheck);
    }

    private static string Progress(int gone, int all) => string.Create(CultureInfo.InvariantCulture, $"{gone} of {all} pods evicted");

    // One list of the metadata of what is bound to the node; a single pod was just read by the caller.
    private async Task<ImmutableArray<BoundPod>> LeftAsync(Mutation mutation, ImmutableArray<BoundPod> all, CancellationToken ct)
    {
        if (mutation.Body is null)
        {
            return all;
        }

        HashSet<string> alive = new(StringComparer.Ordinal);
        ResourceQuery query = new(BuiltinTypes.Pods, FieldSelector: $"spec.nodeName={mutation.Target.Name}", MetadataOnly: true);
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
        catch (KubeException e) when (HeldBy(e) is { } why)
        {
            return (false, why);
        }
    }

    // A pod with more than one budget is answered by 500 and holds up nobody behind it. A 429 without a budget is a server that is busy: this round is over.
    private static string? HeldBy(KubeException e) => e.Kind switch
    {
        KubeErrorKind.TooManyRequests => e.Status?.Details?.Causes.FirstOrDefault(static c => c.Reason == "DisruptionBudget") is { } budget ? budget.Message ?? e.Message : null,
        KubeErrorKind.InternalError => e.Status?.Message ?? e.Message,
        _ => null,
    };
}
