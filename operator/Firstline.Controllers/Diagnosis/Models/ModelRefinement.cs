using System.Collections.Immutable;
using Firstline.Api.Meta;
using Firstline.Api.V1Alpha1;
using Firstline.Controllers.Ports;
using Firstline.Core.Diagnosis.Models;
using Firstline.Core.Facts;
using Firstline.Kube.Client;
using Microsoft.Extensions.Logging;

namespace Firstline.Controllers.Diagnosis.Models;

/// <summary>
/// Asks a model about an incident that the rules have diagnosed, and writes what it adds. Each look takes one step: note in status that it is asked and what that may cost, ask in the
/// background, write what came of it. Only the worker of the incident's key writes, as the diagnosis does, so that neither overwrites the other.
/// </summary>
public sealed partial class ModelRefinement(
    ConfiguredModel model, ModelSources sources, Func<Incident, ImmutableArray<Runbook>> runbooksFor, Func<IEnumerable<Incident>> incidents, IStatusWriter status, IKubeClient client,
    TimeProvider clock, ILogger<ModelRefinement> log) : IAsyncDisposable
{
    /// <summary>Most questions at once.</summary>
    public const int MostAtOnce = 4;

    /// <summary>How long an answer is waited for. What asks has a shorter time of its own, and can say what it has spent by then.</summary>
    public static readonly TimeSpan Deadline = TimeSpan.FromMinutes(10);

    private static readonly TimeSpan LookAgain = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan Forget = 2 * Deadline;

    private readonly ILogger _log = log;
    private readonly CancellationTokenSource _stop = new();
    private readonly Lock _gate = new();
    private readonly SpendingLedger _ledger = new();
    private ImmutableDictionary<string, PendingQuestion> _pending = ImmutableDictionary<string, PendingQuestion>.Empty;   // by UID of the incident

    /// <summary>Called with an incident whose reply has come; set it before the first question.</summary>
    public Action<NamespacedName> Answered { get; set; } = static _ => { };

    /// <summary>Writes what came of the question about an incident, once its reply is there or is lost: also when the incident or its target has ended meanwhile, since what it cost is known by that alone.</summary>
    /// <param name="seen">The incident; of one that is over the cache holds a part alone, so that it is read whole.</param>
    /// <param name="ct">Stops waiting for the API server.</param>
    /// <returns>True when something was written, which wakes the incident once more.</returns>
    public async Task<bool> SettleAsync(Incident seen, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(seen);
        PendingQuestion? pending = _pending.GetValueOrDefault(seen.Metadata.Uid ?? "");
        if (pending is null ? !IsAsked(seen) : pending.Reply is not { IsCompleted: true })
        {
            return false;
        }

        Incident? incident = await client.FindAsync(Incident.Type, NamespacedName.Of(seen.Metadata), FirstlineJson.Incident, ct);
        bool isThere = incident?.Metadata.Uid == seen.Metadata.Uid;
        if (isThere && pending is not null)
        {
            await WriteAsync(incident!, pending.Concluded(incident!, runbooksFor(incident!), pending.Reply!, sources.Redaction, model.Limits), pending.LookUps.Suspicious, ct);
        }
        else if (isThere && incident!.Status?.ModelCalls.FirstOrDefault(static c => c.Outcome == ModelOutcome.Asked) is { } lost)
        {
            await WriteAsync(incident, ModelReview.Interrupted(incident, lost), [], ct);
        }
        else
        {
            isThere = false;
        }

        Release(seen);
        return isThere;
    }

    /// <summary>Asks about an incident, if that is worth it and can be afforded.</summary>
    /// <param name="incident">The incident, diagnosed by rules and open, with no reply to be settled.</param>
    /// <param name="situation">Its target.</param>
    /// <param name="ct">Stops waiting for the API server.</param>
    /// <returns>When to look again; null to wait for a change.</returns>
    public async Task<TimeSpan?> AdvanceAsync(Incident incident, Situation situation, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(incident);
        IncidentStatus known = incident.Status!;

        // What another incident deals with is asked about there.
        return _pending.ContainsKey(incident.Metadata.Uid ?? "") || known.Evidence.IsEmpty || known.Parent is not null || IsAskedSinceDiagnosis(known) ? null : await AskAsync(incident, situation, ct);
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (_stop.IsCancellationRequested)
        {
            return;
        }

        await _stop.CancelAsync();
        await Task.WhenAll(_pending.Values.Select(static p => p.Told)).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _stop.Dispose();
    }

    private static bool IsAsked(Incident incident) => incident.Status?.Conditions.Any(static c => c is { Type: ConditionTypes.Refined, Reason: DiagnosisReasons.ModelAsked }) == true;

    // Incidents are looked at often, and their evidence is long: the hash is worked out after a new diagnosis alone.
    private static bool IsAskedSinceDiagnosis(IncidentStatus known) =>
        known.ModelCalls.LastOrDefault() is { Outcome: not ModelOutcome.Interrupted } last && known.Timeline.All(e => e.By != FieldManagers.Diagnosis || e.Time <= last.Time);

    private async Task<TimeSpan?> AskAsync(Incident incident, Situation situation, CancellationToken ct)
    {
        ImmutableArray<Runbook> runbooks = runbooksFor(incident);
        DateTimeOffset now = clock.GetUtcNow();
        ModelCallRecord record = ModelReview.RecordOf(incident, runbooks, model.Diagnoser.Model, sources.Redaction, now);
        if (ModelReview.WasAsked(incident, record))
        {
            return null;
        }

        ModelQuestion question = ModelReview.QuestionOf(incident, runbooks, sources.Redaction);
        switch (Reserve(incident, situation, record, question, now))
        {
            case null:
                return LookAgain;
            case BudgetAnswer.UsedUp none:
                await RefuseAsync(incident, $"{none.Sentence}; the rules' answer stands", ct);
                return none.OpensAt - now;
            default:
                await BeginAsync(incident, question, ct);
                return null;
        }
    }

    // Several workers decide at once: what one of them reserves counts for the next before any cache has seen it.
    private BudgetAnswer? Reserve(Incident incident, Situation situation, ModelCallRecord record, ModelQuestion question, DateTimeOffset now)
    {
        lock (_gate)
        {
            _pending = _pending.RemoveRange(_pending.Where(p => p.Value.Reply is { IsCompleted: true } && now - p.Value.Record.Time > Forget).Select(static p => p.Key));
            if (_pending.Values.Count(static p => p.Reply is not { IsCompleted: true }) >= MostAtOnce)
            {
                return null;
            }

            BudgetAnswer? answer = Decide(incident.Status?.ModelCalls ?? [], ModelTokens.Of(question, sources.Tools), now);
            if (answer is BudgetAnswer.Allowed allowed)
            {
                ModelLookUps lookUps = new(sources.Situations.LookAround(situation), (incident.Status?.ModelCalls.Length ?? 0) + 1, sources);
                _pending = _pending.SetItem(incident.Metadata.Uid ?? "", new(ModelReview.Reserved(record, allowed.Allowance, model.Limits), lookUps, allowed.Allowance));
            }

            return answer;
        }
    }

    // Most of what is reserved is not spent in the end: what is closed by that alone opens soon, and null says so.
    private BudgetAnswer? Decide(ImmutableArray<ModelCallRecord> ofIncident, long need, DateTimeOffset now)
    {
        BudgetAnswer answer = Of(isReservedSpent: true);
        return answer is BudgetAnswer.UsedUp && Of(isReservedSpent: false) is BudgetAnswer.Allowed ? null : answer;

        BudgetAnswer Of(bool isReservedSpent) => ModelBudget.Decide(model.Limits, ofIncident, _ledger.All(incidents(), _pending, isReservedSpent), need, now);
    }

    private async Task BeginAsync(Incident incident, ModelQuestion question, CancellationToken ct)
    {
        PendingQuestion pending = _pending[incident.Metadata.Uid ?? ""];
        bool isWritten = false;
        try
        {
            isWritten = await WriteAsync(
                incident, ConditionStatus.Unknown, DiagnosisReasons.ModelAsked, $"{pending.Record.Model} is asked; the rules' answer stands",
                s => s with { ModelCalls = [.. s.ModelCalls, pending.Record] }, ct);
        }
        finally
        {
            if (!isWritten)
            {
                Release(incident);
            }
        }

        if (isWritten)
        {
            pending.Reply = Task.Run(() => ReplyAsync(question, pending), CancellationToken.None);
            pending.Told = TellAsync(pending.Reply, pending, incident.Metadata);
            LogAsked(NamespacedName.Of(incident.Metadata), pending.Record.Model, pending.Record.Id);
        }
    }

    // Said once, however often the incident is looked at.
    private async Task RefuseAsync(Incident incident, string message, CancellationToken ct)
    {
        if (!incident.Status!.Conditions.Any(c => c is { Type: ConditionTypes.Refined, Reason: DiagnosisReasons.ModelBudgetUsedUp } && c.Message == message))
        {
            await WriteAsync(incident, ConditionStatus.False, DiagnosisReasons.ModelBudgetUsedUp, message, static s => s, ct);
        }
    }

    private async Task<ModelReply> ReplyAsync(ModelQuestion question, PendingQuestion pending)
    {
        using CancellationTokenSource limit = new(Deadline, clock);
        using CancellationTokenSource either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, _stop.Token);
        try
        {
            return await model.Diagnoser.AskAsync(question, pending.LookUps, pending.Allowance, either.Token);
        }
        catch (OperationCanceledException) when (either.IsCancellationRequested)
        {
            return pending.Unanswered(_stop.IsCancellationRequested ? "was not waited for, since the operator ends" : $"has not answered within {Deadline.TotalMinutes:0} minutes", Deadline);
        }
    }

    private async Task TellAsync(Task<ModelReply> reply, PendingQuestion pending, ObjectMeta incident)
    {
        await ((Task)reply).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        lock (_gate)
        {
            _ledger.Settle(incident.Uid ?? "", pending.Spent(model.Limits));
        }

        Answered(NamespacedName.Of(incident));
    }

    private async Task WriteAsync(Incident incident, ModelConclusion conclusion, ImmutableArray<string> suspicious, CancellationToken ct)
    {
        (ConditionStatus holds, string reason) = conclusion.Record.Outcome switch
        {
            ModelOutcome.Answered => (ConditionStatus.True, DiagnosisReasons.ModelAnswered),
            ModelOutcome.Refused => (ConditionStatus.False, DiagnosisReasons.ModelAnswerRefused),
            _ => (ConditionStatus.False, DiagnosisReasons.ModelFailed),
        };
        await WriteAsync(incident, holds, reason, conclusion.Message, s => DiagnosisStatus.With(s, conclusion, suspicious), ct);
        ModelMetrics.Concluded(conclusion.Record);
        LogConcluded(NamespacedName.Of(incident.Metadata), conclusion.Record.Id, conclusion.Record.Outcome, conclusion.Record.Calls, conclusion.Record.InputTokens, conclusion.Record.OutputTokens);
    }

    private async Task<bool> WriteAsync(
        Incident incident, ConditionStatus holds, string reason, string message, Func<IncidentStatus, IncidentStatus> change, CancellationToken ct)
    {
        IncidentStatus part = change(DiagnosisStatus.Refined(incident, holds, reason, message, clock.GetUtcNow()));
        return await status.ApplyAsync(Incident.Type, incident.Metadata, part, FirstlineJson.Of<IncidentStatus>(), FieldManagers.Diagnosis, ct) is not null;
    }

    private void Release(Incident incident)
    {
        lock (_gate)
        {
            _pending = _pending.Remove(incident.Metadata.Uid ?? "");
        }
    }

    [LoggerMessage(2121, LogLevel.Information, "{Incident}: model {Model} is asked as {Question}")]
    private partial void LogAsked(NamespacedName incident, string model, string question);

    [LoggerMessage(2122, LogLevel.Information, "{Incident}: {Question} to a model ended as {Outcome} after {Calls} calls, {Input} tokens sent and {Output} received")]
    private partial void LogConcluded(NamespacedName incident, string question, ModelOutcome outcome, int calls, long input, long output);
}
