using System.Collections.Immutable;
using Firstline.Api.V1Alpha1;
using Firstline.Controllers.Ports;
using Firstline.Core.Facts;
using Firstline.Core.Lifecycle;
using Firstline.Kube.Leases;

namespace Firstline.Controllers.Remediation;

/// <summary>Carries out the calls of webhooks. No mark tells that one was sent: after a crash it is sent again, with the key by which its receiver tells a repetition.</summary>
public sealed class WebhookCalls(IWebhookCaller caller, ILeadership leadership, TimeProvider clock)
{
    private static readonly TimeSpan Recheck = TimeSpan.FromSeconds(5);

    // A request is looked at for many reasons; its webhook is not called before the time that it asked for.
    private ImmutableDictionary<string, (DateTimeOffset At, StepOutcome.Waiting Outcome)> _waiting = ImmutableDictionary<string, (DateTimeOffset, StepOutcome.Waiting)>.Empty;

    /// <summary>Sends a call, unless it waits to be repeated.</summary>
    public async Task<StepOutcome> SendAsync(RemediationRequest request, PlannedStep step, Mutation mutation, CancellationToken cancellationToken)
    {
        WebhookCall call = WebhookCall.Of(request, step, mutation);
        DateTimeOffset now = clock.GetUtcNow();
        if (_waiting.TryGetValue(call.Key, out (DateTimeOffset At, StepOutcome.Waiting Outcome) before) && now < before.At && before.At - now <= before.Outcome.Again)
        {
            return before.Outcome with { Again = before.At - now };
        }

        leadership.EnsureLeader();
        WebhookAnswer answer = await caller.CallAsync(call, cancellationToken);
        now = clock.GetUtcNow();
        StepOutcome outcome = WebhookCall.Judge(step.Summary, answer, request.Status?.Steps.FirstOrDefault(s => s.Name == step.Name)?.IntendedAt, now);
        _waiting = _waiting.RemoveRange(_waiting.Where(w => w.Value.At < now).Select(static w => w.Key)).Remove(call.Key);
        if (outcome is StepOutcome.Waiting waiting)
        {
            _waiting = _waiting.SetItem(call.Key, (now + waiting.Again, waiting));
        }

        return outcome;
    }

    /// <summary>What is known of a call that is not to be sent now: nobody but its receiver can tell whether it was taken.</summary>
    public static StepOutcome Recognise(PlannedStep step) => new StepOutcome.Waiting($"{step.Summary}: it may have been called, which only its receiver can tell", Recheck);
}
