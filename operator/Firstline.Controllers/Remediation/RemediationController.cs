using Firstline.Api.V1Alpha1;
using Firstline.Controllers.Ports;
using Firstline.Controllers.Status;
using Firstline.Core.Gates;
using Firstline.Core.Lifecycle;
using Firstline.Kube.Client;
using Firstline.Kube.Runtime;
using Microsoft.Extensions.Logging;

namespace Firstline.Controllers.Remediation;

/// <summary>Moves one RemediationRequest forward by exactly one step per call: observe, decide, act, report.</summary>
public sealed partial class RemediationController(
    RemediationObserver observer, IPlanExecutor executor, RequestHold hold, RequestRecord record, RequestLedger ledger, RemediationEvents events, OperatorOptions options,
    TimeProvider clock, ILogger<RemediationController> log) : IReconciler<RemediationRequest>
{
    // What is under way is looked at again after this time, whatever wakes it before; it costs no request.
    private static readonly TimeSpan Recheck = TimeSpan.FromSeconds(5);

    // What waits is woken by what it waits for, and by the time of its gates: there is one worker for hundreds of them.
    private static readonly TimeSpan WaitRecheck = TimeSpan.FromMinutes(1);

    // A status that was refused may fit later: after an upgrade of the custom resource definitions, which no watch shows.
    private static readonly TimeSpan RefusedRecheck = TimeSpan.FromSeconds(30);

    // How often looks that decide nothing are written.
    private static readonly TimeSpan ProgressInterval = TimeSpan.FromMinutes(1);
    private readonly ILogger _log = log;

    /// <inheritdoc/>
    public async Task<ReconcileResult> ReconcileAsync(RemediationRequest resource, CancellationToken ct)
    {
        RemediationRequest newest = ledger.Newest(resource);
        if (RemediationLifecycle.IsSettled(newest))
        {
            return RequestFinalizer.IsOn(newest) ? await LetGoAsync(newest, ct) : ReconcileResult.Done;
        }

        using IDisposable? about = _log.BeginScope(
            new KeyValuePair<string, object?>[] { new("incident", $"{resource.Metadata.Namespace}/{resource.Spec.Incident.Name}") });
        GateInput view = await observer.ObserveAsync(resource, options.Namespace, ct);
        RemediationDecision decision = RemediationLifecycle.Decide(view, clock.GetUtcNow());
        if (await HoldAsync(view, decision.Step, ct) is not { } held)
        {
            return ReconcileResult.Done;
        }

        view = view with { Request = held };
        StepOutcome outcome = decision.Step switch
        {
            NextStep.Execute execute => await executor.SendAsync(view.Request, execute.Step, execute.Direction, WriteMode.Commit, ct),
            NextStep.Wait when PreviewRules.IsWanted(view, decision) => new StepOutcome.Previewed(await executor.PreviewAsync(view.Request, clock.GetUtcNow(), ct)),
            NextStep.Recognise recognise => await executor.RecogniseAsync(view.Request, recognise.Step, ct),
            _ => new StepOutcome.None(),
        };
        try
        {
            await ReportAsync(view, decision, outcome, ct);
            return Next(view.Request, decision.Step, outcome);
        }
        catch (StatusRefusedException e)
        {
            await TellRefusalAsync(held with { Status = resource.Status }, e.Message, ct);
            return new(RefusedRecheck);
        }
    }

    // What is about to change something is held; what waits, for a human or a window, is not. A replica that does not lead leaves that to the one that does.
    private async Task<RemediationRequest?> HoldAsync(GateInput view, NextStep step, CancellationToken ct) =>
        RequestFinalizer.IsNeededFor(view.Request, step) ? await hold.SetAsync(view.Request, ct)
        : view.IsLeader == true && RequestFinalizer.IsIdleFor(view.Request, step) ? await hold.ReleaseAsync(view.Request, ct)
        : view.Request;

    private async Task<ReconcileResult> LetGoAsync(RemediationRequest request, CancellationToken ct)
    {
        if (!RequestFinalizer.MayGo(request, observer.IncidentOf(request), clock.GetUtcNow()))
        {
            return new(Recheck);
        }

        await hold.ReleaseAsync(request, ct);
        return ReconcileResult.Done;
    }

    private async Task ReportAsync(GateInput view, RemediationDecision decision, StepOutcome outcome, CancellationToken ct)
    {
        RemediationRequestStatus after = RemediationReport.ToStatus(view, decision, outcome, clock.GetUtcNow());
        DateTimeOffset now = clock.GetUtcNow();
        if (decision.Step is NextStep.Settled || ledger.Holds(view.Request, after))
        {
            return;
        }

        // A rollout of many pods looks different at each look; what was seen last is kept here, and a restart begins the stable time anew.
        if (decision.Step is NextStep.Verify or NextStep.VerifyRollback && now - ledger.StoredAt(view.Request) < ProgressInterval)
        {
            ledger.Saw(view.Request, after);
            return;
        }

        if (await record.StoreAsync(view.Request, after, ct))
        {
            ledger.Wrote(view.Request, after, now);
            events.Tell(view.Request, after, decision, outcome);
            LogStep(view.Request.Metadata.Namespace ?? "", view.Request.Metadata.Name, decision.Step.GetType().Name);
        }
    }

    // The change may be made and the target locked: silence would be the worst answer. What fitted before fits again, with one condition more.
    private async Task TellRefusalAsync(RemediationRequest stored, string refusal, CancellationToken ct)
    {
        RemediationRequestStatus small = RefusedStatus.Of(stored, refusal, clock.GetUtcNow());
        if (StatusComparison.AreEqual(stored.Status, small, FirstlineJson.Of<RemediationRequestStatus>()))
        {
            return;
        }

        LogRefused(stored.Metadata.Namespace ?? "", stored.Metadata.Name, refusal);
        events.TellRefused(stored, refusal);
        if (await record.StoreAsync(stored, small, ct))
        {
            ledger.Wrote(stored, small, clock.GetUtcNow());
        }
    }

    private ReconcileResult Next(RemediationRequest request, NextStep step, StepOutcome outcome) => step switch
    {
        NextStep.Recognise { GiveUp: null } when outcome is StepOutcome.Waiting => new(Recheck),
        NextStep.Execute { Step: var sent } when outcome is StepOutcome.Waiting { Again: var again } && RemediationLifecycle.DueAt(request, sent) is { } due => new(Earlier(again, due)),
        _ when outcome is StepOutcome.Waiting { Again: var again } => new(again),
        NextStep.Settled => ReconcileResult.Done,
        NextStep.Conclude => ReconcileResult.Done,
        NextStep.Wait { Until: { } until } => new(Earlier(WaitRecheck, until)),
        NextStep.Ask { Until: var until } => new(Sooner(until)),
        NextStep.Wait => new(WaitRecheck),
        NextStep.Verify { Look.LookAgainAt: { } again } => new(Sooner(again)),
        NextStep.VerifyRollback { Look.LookAgainAt: { } again } => new(Sooner(again)),
        _ => new(TimeSpan.Zero),
    };

    private TimeSpan Sooner(DateTimeOffset time) => Earlier(Recheck, time);

    private TimeSpan Earlier(TimeSpan wait, DateTimeOffset time)
    {
        TimeSpan left = time - clock.GetUtcNow();
        return left > wait ? wait : left < TimeSpan.Zero ? TimeSpan.Zero : left;
    }

    [LoggerMessage(3001, LogLevel.Information, "Remediation {Namespace}/{Name} took step {Step}")]
    private partial void LogStep(string @namespace, string name, string step);

    [LoggerMessage(3002, LogLevel.Error, "Remediation {Namespace}/{Name}: its status can't be stored, humans are called, and it is tried again: {Reason}")]
    private partial void LogRefused(string @namespace, string name, string reason);
}
