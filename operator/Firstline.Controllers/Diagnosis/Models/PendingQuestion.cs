using System.Collections.Immutable;
using Firstline.Api.V1Alpha1;
using Firstline.Core.Diagnosis;
using Firstline.Core.Diagnosis.Models;

namespace Firstline.Controllers.Diagnosis.Models;

/// <summary>A question that is on its way.</summary>
/// <param name="record">Its record, with the most that it may cost.</param>
/// <param name="lookUps">What the model looks up for it.</param>
/// <param name="allowance">What it may cost.</param>
internal sealed class PendingQuestion(ModelCallRecord record, ModelLookUps lookUps, ModelAllowance allowance)
{
    public ModelCallRecord Record => record;

    public ModelLookUps LookUps => lookUps;

    public ModelAllowance Allowance => allowance;

    /// <summary>The reply; null until it is noted in status that it is asked.</summary>
    public Task<ModelReply>? Reply { get; set; }

    /// <summary>Ends when the reply has come and whoever waits for it was told.</summary>
    public Task Told { get; set; } = Task.CompletedTask;

    /// <summary>Its record with what it has cost, once the reply is there.</summary>
    public ModelCallRecord Spent(ModelLimits limits) => Reply is { IsCompletedSuccessfully: true } reply ? ModelReview.Spent(record, reply.Result, limits) : record;

    /// <summary>A reply that never came: nobody knows what it cost, so that it counts with all that it may have cost.</summary>
    public ModelReply Unanswered(string why, TimeSpan after) => new(null, new(allowance.Calls, allowance.Tokens, 0), why, after);

    /// <summary>What is made of the reply.</summary>
    public ModelConclusion Concluded(Incident incident, ImmutableArray<Runbook> runbooks, Task<ModelReply> reply, EvidenceRedaction redaction, ModelLimits limits)
    {
        // Its words may hold a secret.
        ModelReply known = reply.IsCompletedSuccessfully ? reply.Result : Unanswered($"could not be asked ({reply.Exception?.InnerException?.GetType().Name})", TimeSpan.Zero);
        return ModelReview.Conclude(incident, runbooks, record, known, lookUps.Seen, redaction, limits);
    }
}
