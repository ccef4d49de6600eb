using System.Globalization;
using System.Text.Json.Nodes;
using Firstline.Api.V1Alpha1;
using Firstline.Core.Actions;
using Firstline.Core.Facts;

namespace Firstline.Core.Lifecycle;

/// <summary>The call of a webhook that a step makes: the same bytes and the same key however often it is sent.</summary>
/// <param name="Webhook">Name of the webhook in the operator's configuration.</param>
/// <param name="Key">Tells this call from any other: UID of the request and name of the step.</param>
/// <param name="Body">JSON text.</param>
public sealed record WebhookCall(string Webhook, string Key, string Body)
{
    private static readonly TimeSpan ShortestWait = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan LongestRetryAfter = TimeSpan.FromMinutes(5);

    /// <summary>The call of a mutation.</summary>
    public static WebhookCall Of(RemediationRequest request, PlannedStep step, Mutation mutation)
    {
        string key = SendCheck.MarkOf(request, step, PlanDirection.Forward);
        JsonObject body = JsonNode.Parse(mutation.Body ?? "{}")!.AsObject();
        body["id"] = key;
        body["request"] = new JsonObject { ["namespace"] = request.Metadata.Namespace, ["name"] = request.Metadata.Name, ["uid"] = request.Metadata.Uid };
        body["incident"] = new JsonObject { ["name"] = request.Spec.Incident.Name, ["uid"] = request.Spec.Incident.Uid };
        body["runbook"] = new JsonObject { ["namespace"] = request.Spec.Runbook.Namespace, ["name"] = request.Spec.Runbook.Name, ["revision"] = request.Spec.Runbook.Revision };
        body["cause"] = request.Spec.Hypothesis.Cause;
        return new(mutation.Target.Name, key, CanonicalJson.Text(body));
    }

    /// <summary>What an answer means for the step.</summary>
    /// <param name="summary">What the step does, in one sentence.</param>
    /// <param name="answer">The answer.</param>
    /// <param name="intendedAt">When the step was intended; null when that is not known.</param>
    /// <param name="now">When it was answered.</param>
    public static StepOutcome Judge(string summary, WebhookAnswer answer, DateTimeOffset? intendedAt, DateTimeOffset now) => answer switch
    {
        WebhookAnswer.Status { Code: >= 200 and < 300 } done => new StepOutcome.Applied(null, null, string.Create(CultureInfo.InvariantCulture, $"{summary}; it answered {done.Code}")),
        WebhookAnswer.Status { Code: 408 or 409 or 425 or 429 or >= 500 } later => new StepOutcome.Waiting(
            string.Create(CultureInfo.InvariantCulture, $"{summary}: it answered {later.Code}, and is called again with the same key"), Wait(later.RetryAfter, intendedAt, now)),
        WebhookAnswer.Status other => new StepOutcome.Failed(Reasons.WebhookRefused, string.Create(CultureInfo.InvariantCulture, $"{summary}: it answered {other.Code}")),
        WebhookAnswer.Unknown unknown => new StepOutcome.Waiting($"{summary}: {unknown.Why}, and it is called again with the same key", Wait(null, intendedAt, now)),
        WebhookAnswer.NotSent not => new StepOutcome.Failed(Reasons.WebhookRefused, $"{summary}: {not.Why}"),
        _ => throw new System.Diagnostics.UnreachableException(),
    };

    // As long as it has taken so far: each wait doubles the time, a restart forgets none of it, and the step's time limit ends it.
    private static TimeSpan Wait(TimeSpan? asked, DateTimeOffset? intendedAt, DateTimeOffset now)
    {
        TimeSpan wait = Within(now - (intendedAt ?? now), ShortestWait, LongestWait);
        return asked > wait ? Within(asked.Value, wait, LongestRetryAfter) : wait;
    }

    private static TimeSpan Within(TimeSpan value, TimeSpan least, TimeSpan most) => value < least ? least : value > most ? most : value;
}
