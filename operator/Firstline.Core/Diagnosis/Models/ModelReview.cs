using System.Collections.Immutable;
using System.Globalization;
using Firstline.Api.Meta;
using Firstline.Api.V1Alpha1;
using Firstline.Core.Facts;

namespace Firstline.Core.Diagnosis.Models;

/// <summary>What a model is asked about an incident, and what is made of its answer. Pure; nothing of it waits, spends or writes.</summary>
public static class ModelReview
{
    private const int MaxFailure = 400;
    private const int MaxModel = 96;

    /// <summary>What is asked.</summary>
    /// <param name="incident">The incident, diagnosed by rules.</param>
    /// <param name="runbooks">Runbooks that may be for it.</param>
    /// <param name="redaction">What is taken out of all that is sent.</param>
    public static ModelQuestion QuestionOf(Incident incident, ImmutableArray<Runbook> runbooks, EvidenceRedaction redaction) =>
        new(ModelInstructions.Text, new ModelInput(incident, runbooks, redaction).Document(), ModelInstructions.AnswerSchema, ModelInstructions.AnswerTokens);

    /// <summary>The record of a question that is about to be asked: it counts with the most that it may cost.</summary>
    public static ModelCallRecord RecordOf(
        Incident incident, ImmutableArray<Runbook> runbooks, string model, EvidenceRedaction redaction, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(incident);
        return new()
        {
            Id = string.Create(CultureInfo.InvariantCulture, $"Q{(incident.Status?.ModelCalls.Length ?? 0) + 1}"),
            Time = now,
            Model = BoundedText.Shorten(model, MaxModel),
            PromptVersion = ModelInstructions.Version,
            InputHash = new ModelInput(incident, runbooks, redaction).Hash(model),
            Outcome = ModelOutcome.Asked,
        };
    }

    /// <summary>The same with what it may cost at most.</summary>
    public static ModelCallRecord Reserved(ModelCallRecord record, ModelAllowance allowance, ModelLimits limits)
    {
        ArgumentNullException.ThrowIfNull(allowance);
        return record with { Calls = allowance.Calls, InputTokens = allowance.Tokens, CostMillionths = ModelBudget.CostOf(limits, allowance) };
    }

    /// <summary>True when what is to be asked was asked already. A question that an end of the operator cut off is asked once more.</summary>
    /// <param name="incident">The incident.</param>
    /// <param name="record">Record of what is to be asked.</param>
    public static bool WasAsked(Incident incident, ModelCallRecord record)
    {
        ArgumentNullException.ThrowIfNull(incident);
        ImmutableArray<ModelCallRecord> same = [.. incident.Status?.ModelCalls.Where(r => r.InputHash == record.InputHash) ?? []];
        return same.Length > 1 || same is [{ Outcome: not ModelOutcome.Interrupted }];
    }

    /// <summary>Of a question that was asked by an operator that has ended since.</summary>
    public static ModelConclusion Interrupted(Incident incident, ModelCallRecord record)
    {
        ArgumentNullException.ThrowIfNull(record);
        const string why = "the operator ended while it was asked, so that its answer is lost and it counts with all that it may have cost";
        return Unchanged(incident, record with { Outcome = ModelOutcome.Interrupted, Failure = why }, $"{record.Model} gave no answer: {why}; the rules' answer stands");
    }

    /// <summary>The record with what the question has cost.</summary>
    public static ModelCallRecord Spent(ModelCallRecord record, ModelReply reply, ModelLimits limits)
    {
        ArgumentNullException.ThrowIfNull(record);
        ArgumentNullException.ThrowIfNull(reply);
        return record with
        {
            Calls = reply.Usage.Calls,
            InputTokens = reply.Usage.InputTokens,
            OutputTokens = reply.Usage.OutputTokens,
            CostMillionths = ModelBudget.CostOf(limits, reply.Usage.InputTokens, reply.Usage.OutputTokens),
            Latency = Duration.From(TimeSpan.FromMilliseconds(Math.Max(0, Math.Floor(reply.Latency.TotalMilliseconds)))),
        };
    }

    /// <summary>What is made of a reply.</summary>
    /// <param name="incident">The incident as it is now: what has changed since it was asked counts.</param>
    /// <param name="runbooks">Runbooks that may be for it now.</param>
    /// <param name="record">The record of the question.</param>
    /// <param name="reply">The reply.</param>
    /// <param name="lookedUp">What the model looked up, with its ids.</param>
    /// <param name="redaction">What is taken out of the model's words.</param>
    /// <param name="limits">The prices.</param>
    public static ModelConclusion Conclude(
        Incident incident, ImmutableArray<Runbook> runbooks, ModelCallRecord record, ModelReply reply, ImmutableArray<EvidenceItem> lookedUp, EvidenceRedaction redaction, ModelLimits limits)
    {
        ModelCallRecord spent = Spent(record, reply, limits);
        if (reply.Answer is not { } answer)
        {
            string failure = BoundedText.Of(reply.Failure ?? "gave no answer", MaxFailure);
            return Unchanged(incident, spent with { Outcome = ModelOutcome.Failed, Failure = failure }, $"{record.Model} {failure}; the rules' answer stands");
        }

        AnswerScope scope = AnswerScope.Of(incident, runbooks, lookedUp, redaction);
        CheckedAnswer read = AnswerCheck.Of(answer, scope);
        return read.Refused is { } why
            ? Unchanged(incident, spent with { Outcome = ModelOutcome.Refused, Failure = $"its answer {why}" }, $"the answer of {record.Model} was not taken: it {why}; the rules' answer stands", read.GaveOrders)
            : Taken(incident, spent, read, scope, lookedUp);
    }

    /// <summary>A new diagnosis by rules, with what a model added to the one before: until it has answered again, its words stand as far as what they cite says the same as before, and no surer than it allows.</summary>
    public static (ImmutableArray<Hypothesis> Hypotheses, ImmutableArray<EvidenceItem> Evidence) Carried(DiagnosisReport report, IncidentStatus? before)
    {
        ArgumentNullException.ThrowIfNull(report);
        ImmutableArray<EvidenceItem> lookedUp = [.. before?.Evidence.Where(ModelMerge.IsLookedUp) ?? []];
        ImmutableHashSet<(string, string?)> known = [.. before?.Evidence.Select(static e => (e.Id, e.Sha256)) ?? []];
        ImmutableArray<EvidenceItem> same = [.. report.Evidence.Where(e => known.Contains((e.Id, e.Sha256))), .. lookedUp];
        ImmutableHashSet<string> holds = [.. same.Select(static e => e.Id)];
        return ModelMerge.Of(
            report.Hypotheses, report.Evidence,
            [
                .. before?.Hypotheses.Where(Likeliest.IsOfModel)
                    .Select(h => h with { EvidenceFor = [.. h.EvidenceFor.Where(holds.Contains)], EvidenceAgainst = [.. h.EvidenceAgainst.Where(holds.Contains)] })
                    .Select(h => ModelMerge.Bounded(h, same, report.Triage.RuledOut)) ?? [],
            ],
            lookedUp);
    }

    private static ModelConclusion Unchanged(Incident incident, ModelCallRecord record, string message, bool gaveOrders = false) =>
        new(record, incident.Status?.Hypotheses ?? [], incident.Status?.Evidence ?? [], message, gaveOrders);

    private static ModelConclusion Taken(Incident incident, ModelCallRecord spent, CheckedAnswer read, AnswerScope scope, ImmutableArray<EvidenceItem> lookedUp)
    {
        IncidentStatus status = incident.Status ?? new();
        ImmutableArray<Hypothesis> rules = Likeliest.AllOfRules(status.Hypotheses);
        (ImmutableArray<Hypothesis> hypotheses, ImmutableArray<EvidenceItem> evidence) = ModelMerge.Of(
            rules, [.. status.Evidence.Where(static e => !ModelMerge.IsLookedUp(e))], [.. read.Claims.Select(c => ModelMerge.Labelled(c, spent.Model, scope.Evidence, status.Triage?.RuledOut ?? []))], lookedUp);
        ModelCallRecord record = spent with
        {
            Outcome = ModelOutcome.Answered,
            ConfidencePercent = read.Claims.IsEmpty ? null : read.Claims.Max(static c => c.ConfidencePercent),
            Rationale = read.Rationale,
            Dropped = read.Dropped,
        };
        return new(record, hypotheses, evidence, Told(record, rules, read.Claims, hypotheses), read.GaveOrders);
    }

    private static string Told(ModelCallRecord record, ImmutableArray<Hypothesis> rules, ImmutableArray<Hypothesis> claims, ImmutableArray<Hypothesis> hypotheses)
    {
        bool agrees = rules is [{ } best, ..] && claims is [{ } first, ..] && ModelMerge.IsSame(best, first);
        string agreed = agrees ? $"holds {rules[0].Cause} for the likeliest cause, as the rules do" : "";
        ImmutableArray<Hypothesis> added = [.. hypotheses.Where(Likeliest.IsOfModel)];
        string adds = added is [{ } own, ..]
            ? string.Create(CultureInfo.InvariantCulture, $"adds {Counted.Of(added.Length, "hypothesis", "hypotheses")} to those of the rules, the first {own.Id} {own.Cause} ({own.ConfidencePercent} %)") : "";
        string said = (agreed, adds) switch { ("", "") => "adds nothing to what the rules say", (_, "") => agreed, ("", _) => adds, _ => $"{agreed}, and {adds}" };
        return $"{record.Model} {said}{(record.Dropped.IsEmpty ? "" : $"; left out of its answer: {string.Join(", ", record.Dropped)}")}";
    }
}
