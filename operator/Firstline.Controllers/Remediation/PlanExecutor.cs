using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using Firstline.Api.Meta;
using Firstline.Api.V1Alpha1;
using Firstline.Controllers.Ports;
using Firstline.Core.Lifecycle;
using Firstline.Kube;
using Firstline.Kube.Client;
using Firstline.Kube.Leases;

namespace Firstline.Controllers.Remediation;

/// <summary>
/// The only class that changes workloads. Each mutation: read afresh, look whether it was sent already and whether the object is still the
/// one that was planned on, ask for the lease, send with UID, resourceVersion and mark. Forward, inverse and dry run differ in data alone, but
/// that a dry run sends all mutations of a step and waits for none.
/// </summary>
public sealed class PlanExecutor(IKubeClient client, ILeadership leadership, WebhookCalls? webhooks = null) : IPlanExecutor
{
    private readonly PodEvictions _evictions = new(client, leadership);
    private readonly JobRuns _jobs = new(client);

    /// <inheritdoc/>
    public async Task<StepOutcome> SendAsync(
        RemediationRequest request, PlannedStep step, PlanDirection direction, WriteMode mode, CancellationToken cancellationToken)
    {
        ImmutableArray<Mutation> mutations = direction == PlanDirection.Forward ? step.Forward : step.Inverse;
        StepOutcome outcome = new StepOutcome.None();
        for (int at = 0; at < mutations.Length; at++)
        {
            (outcome, bool isNew) = await SendAsync(request, step, direction, mutations[at], mode, cancellationToken);
            bool isLast = at == mutations.Length - 1;
            if (outcome is not StepOutcome.Applied || (isNew && !isLast && mode == WriteMode.Commit))
            {
                return outcome is StepOutcome.Applied ? Partly(at + 1, mutations.Length) : outcome;
            }
        }

        return outcome;
    }

    // One change per call: the kill switch and all other gates are asked again before the next.
    private static StepOutcome.Waiting Partly(int made, int all) => new(string.Create(CultureInfo.InvariantCulture, $"{made} of {all} changes were made"), TimeSpan.Zero);

    /// <inheritdoc/>
    public async Task<StepOutcome> RecogniseAsync(RemediationRequest request, PlannedStep step, CancellationToken cancellationToken)
    {
        StepOutcome outcome = new StepOutcome.NotApplied();
        foreach ((Mutation mutation, int at) in step.Forward.Select(static (m, at) => (m, at)))
        {
            outcome = await LookAsync(request, step, mutation, cancellationToken);
            if (outcome is not StepOutcome.Applied)
            {
                return outcome is StepOutcome.NotApplied && at > 0 ? Partly(at, step.Forward.Length) : outcome;
            }
        }

        return outcome;
    }

    /// <inheritdoc/>
    public async Task<PlanPreview> PreviewAsync(RemediationRequest request, DateTimeOffset now, CancellationToken cancellationToken)
    {
        List<string> changes = [], refusals = [], failures = [];
        foreach ((PlannedStep step, Mutation mutation) in PreviewRules.Tried(request.Spec.Plan))
        {
            try
            {
                await PreviewAsync(request, step, mutation, changes, refusals, cancellationToken);
            }
            catch (Exception e) when (e is TransientException or KubeException)
            {
                failures.Add($"step {step.Name}: {e.Message}");
            }
        }

        return PreviewRules.Of(request.Spec.Plan, changes, refusals, failures, now);
    }

    private async Task PreviewAsync(RemediationRequest request, PlannedStep step, Mutation mutation, List<string> changes, List<string> refusals, CancellationToken ct)
    {
        if (mutation.Verb == MutationVerb.Call)
        {
            changes.Add($"{mutation.Target}: {step.Summary}");
            return;
        }

        if (mutation is { Verb: MutationVerb.Evict, Body: not null })
        {
            leadership.EnsureLeader();
            refusals.AddRange(await _evictions.HeldAsync(mutation, ct));
            changes.Add($"{mutation.Target}: {step.Summary}");
            return;
        }

        JsonNode? present = mutation.Verb == MutationVerb.Create ? null : await ReadAsync(request, mutation, ct);
        switch ((await SendAsync(request, step, PlanDirection.Forward, mutation, WriteMode.DryRun, ct)).Outcome)
        {
            case StepOutcome.Applied { After: { } after }:
                changes.AddRange(ObjectDiff.Of(present, after).Select(line => $"{mutation.Target}: {line}"));
                break;
            case StepOutcome.Applied:
                changes.Add($"{mutation.Target}: {step.Summary}");
                break;
            case StepOutcome.Refused { Message: var why }:
                refusals.Add(why);
                break;
            case StepOutcome.Drifted { Message: var why }:
                refusals.Add(why);
                break;
            case StepOutcome.Waiting { Message: var why }:
                refusals.Add(why);
                break;
        }
    }

    private async Task<StepOutcome> LookAsync(RemediationRequest request, PlannedStep step, Mutation mutation, CancellationToken ct)
    {
        if (mutation.Verb == MutationVerb.Call)
        {
            return webhooks is null ? NoWebhooks(step) : await webhooks.RecogniseAsync(request, step);
        }

        JsonNode? present = await ReadAsync(request, mutation, ct);
        FreshObject? fresh = present is null ? null : FreshObject.Read(present);
        StepOutcome.Applied done = Applied(fresh, $"{step.Summary} (found done after a restart)");
        return SendCheck.Judge(request, step, PlanDirection.Forward, mutation, fresh) switch
        {
            SendVerdict.Done => await EndedAsync(request, mutation, present, done, ct),
            _ when mutation is { Verb: MutationVerb.Evict, Body: not null } => await _evictions.LookAsync(mutation, done, ct),
            _ => new StepOutcome.NotApplied(),
        };
    }

    private async Task<(StepOutcome Outcome, bool IsNew)> SendAsync(
        RemediationRequest request, PlannedStep step, PlanDirection direction, Mutation mutation, WriteMode mode, CancellationToken ct)
    {
        if (mutation.Verb == MutationVerb.Call)
        {
            return (await CallAsync(request, step, mutation, mode), true);
        }

        JsonNode? present = await ReadAsync(request, mutation, ct);
        FreshObject? fresh = present is null ? null : FreshObject.Read(present);
        return SendCheck.Judge(request, step, direction, mutation, fresh) switch
        {
            SendVerdict.Done when mutation.Verb == MutationVerb.Create && mode == WriteMode.Commit => (await EndedAsync(request, mutation, present, Applied(fresh, step.Summary), ct), false),
            SendVerdict.Done => (Applied(fresh, $"{step.Summary} (was done already)"), false),
            SendVerdict.Drifted drifted => (new StepOutcome.Drifted(drifted.Message), false),
            SendVerdict.Send send => (await WriteAsync(request, step, mutation, send.Body, fresh, mode, ct), true),
            _ => throw new System.Diagnostics.UnreachableException(),
        };
    }

    private async Task<StepOutcome> CallAsync(RemediationRequest request, PlannedStep step, Mutation mutation, WriteMode mode) =>
        mode == WriteMode.DryRun ? new StepOutcome.Applied(null, null, step.Summary)
        : webhooks is null ? NoWebhooks(step)
        : await webhooks.SendAsync(request, step, mutation);

    private static StepOutcome.Failed NoWebhooks(PlannedStep step) => new(Reasons.WebhookRefused, $"{step.Summary}: this operator calls no webhooks");

    // A change that was sent is made; a Job that was made has still to end.
    private async Task<StepOutcome> EndedAsync(RemediationRequest request, Mutation mutation, JsonNode? present, StepOutcome.Applied done, CancellationToken ct) =>
        present is not null && mutation is { Verb: MutationVerb.Create, Target.Kind: "Job" } ? await _jobs.LookAsync(mutation, TargetTypes.Key(mutation.Target, request), present, done, ct) : done;

    private async Task<JsonNode?> ReadAsync(RemediationRequest request, Mutation mutation, CancellationToken ct)
    {
        try
        {
            KubeResponse answer = await client.GetAsync(TypeOf(mutation), TargetTypes.Key(mutation.Target, request), ct);
            return answer.ReadTree();
        }
        catch (KubeException e) when (e.Kind == KubeErrorKind.NotFound)
        {
            return null;
        }
    }

    private async Task<StepOutcome> WriteAsync(
        RemediationRequest request, PlannedStep step, Mutation mutation, string? body, FreshObject? fresh, WriteMode mode, CancellationToken ct)
    {
        NamespacedName key = TargetTypes.Key(mutation.Target, request);
        TimeSpan grace = leadership.EnsureLeader();
        try
        {
            WriteOptions options = new() { FieldManager = FieldManagers.Executor, Mode = mode, OnceWithin = grace };
            switch (mutation.Verb)
            {
                case MutationVerb.Delete:
                    await client.DeleteAsync(TypeOf(mutation), key, ct, DeletionOf(fresh!, mode, grace));
                    return Applied(null, step.Summary);
                case MutationVerb.Evict:
                    return await _evictions.SendAsync(mutation, Applied(fresh, step.Summary), mode, ct);
                case MutationVerb.Create:
                    KubeResponse created = await client.CreateAsync(TypeOf(mutation), key.Namespace, Encoding.UTF8.GetBytes(body!), ct, options);
                    StepOutcome.Applied done = Applied(FreshObject.Read(created.ReadTree()), step.Summary);
                    return mode == WriteMode.DryRun ? done with { After = created.ReadTree() } : await EndedAsync(request, mutation, created.ReadTree(), done, ct);
                default:
                    KubeResponse answer = await client.PatchAsync(TypeOf(mutation), key, PatchOf(mutation.Verb, body!), ct, options);
                    return Applied(FreshObject.Read(answer.ReadTree()), step.Summary) with { After = answer.ReadTree() };
            }
        }
        catch (KubeException e) when (e.Kind is KubeErrorKind.Conflict or KubeErrorKind.AlreadyExists)
        {
            throw new TransientException($"{mutation.Target} changed between reading and writing; it is read again", e);
        }
        catch (KubeException e) when (e.Kind == KubeErrorKind.NotFound)
        {
            return mutation.Verb is MutationVerb.Delete or MutationVerb.Evict ? Applied(null, step.Summary) : new StepOutcome.Drifted($"{mutation.Target} is gone");
        }
        catch (KubeException e) when (mutation.Verb is MutationVerb.JsonPatch or MutationVerb.Taint && DoesNotApply(e))
        {
            return new StepOutcome.Drifted($"{mutation.Target} is not as the plan found it: the API server can't apply the patch to it");
        }
        catch (KubeException e) when (!e.IsTransient && e.Kind != KubeErrorKind.Unauthorized)
        {
            return new StepOutcome.Refused(e.Message);
        }
    }

    // What a failed "test", or a path that is not there, is told as: 422 like a refusal by the schema, but without the fields at fault.
    // k8s.io/apiserver patch.go answers in general words; those of the patch library are passed on by some servers in front of it.
    private static bool DoesNotApply(KubeException e) =>
        e is { Kind: KubeErrorKind.Invalid, Status: { Message: { } words, Details: null or { Causes.IsEmpty: true } } }
        && (words.Contains("due to an error in our request", StringComparison.Ordinal) || words.Contains("testing value", StringComparison.Ordinal));

    private static DeleteOptions DeletionOf(FreshObject fresh, WriteMode mode, TimeSpan grace) => new()
    {
        Uid = fresh.Uid,
        ResourceVersion = fresh.ResourceVersion,
        Propagation = DeletionPropagation.Background,
        Mode = mode,
        OnceWithin = grace,
    };

    private static Patch PatchOf(MutationVerb verb, string body) =>
        new(verb == MutationVerb.MergePatch ? "application/merge-patch+json" : "application/json-patch+json", Encoding.UTF8.GetBytes(body));

    private static StepOutcome.Applied Applied(FreshObject? after, string message) => new(after?.Generation, after?.ContentHash, message);

    private static ResourceType TypeOf(Mutation mutation) =>
        TargetTypes.Of(mutation.Target) ?? throw new TerminalException($"no action changes objects of kind {mutation.Target.Kind}; the plan is not one of this operator's");
}
