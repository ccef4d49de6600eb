using System.Collections.Immutable;
using Firstline.Api.V1Alpha1;
using Firstline.Controllers.Ports;
using Firstline.Core.Facts;
using Firstline.Core.Lifecycle;
using Firstline.Kube.Leases;

namespace Firstline.Controllers.Remediation;

/// <summary>
/// Carries out the calls of webhooks, in the background: a receiver that is slow holds up no other request. No mark tells that one was sent: after a crash it is sent
/// again, with the key by which its receiver tells a repetition.
/// </summary>
public sealed class WebhookCalls(IWebhookCaller caller, ILeadership leadership, TimeProvider clock) : IAsyncDisposable
{
    private static readonly TimeSpan Recheck = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan LookForAnswer = TimeSpan.FromSeconds(1);

    // Longer than a receiver may ask to be left alone.
    private static readonly TimeSpan Forget = TimeSpan.FromMinutes(10);

    private readonly CancellationTokenSource _stop = new();

    // By key. The worker of the requests alone looks here.
    private ImmutableDictionary<string, Task<Answered>> _sent = ImmutableDictionary<string, Task<Answered>>.Empty;

    /// <summary>Sends a call, unless it has no answer yet, was answered for good, or waits to be repeated; it does not wait for the answer.</summary>
    /// <exception cref="NotLeaderException">The lease is not ours now.</exception>
    public async Task<StepOutcome> SendAsync(RemediationRequest request, PlannedStep step, Mutation mutation)
    {
        WebhookCall call = WebhookCall.Of(request, step, mutation);
        if (await KnownAsync(call.Key, request, step) is { } known)
        {
            return known;
        }

        TimeSpan lease = leadership.EnsureLeader();
        DateTimeOffset old = clock.GetUtcNow() - Forget;
        _sent = _sent.RemoveRange(_sent.Where(s => s.Value.IsCompletedSuccessfully && s.Value.Result.At < old).Select(static s => s.Key)).SetItem(call.Key, CallAsync(call, lease));
        return await KnownAsync(call.Key, request, step) ?? NotYet(step);
    }

    /// <summary>What is known of a call that is not to be sent now: unless its answer has come, nobody but its receiver can tell whether it was taken.</summary>
    public async Task<StepOutcome> RecogniseAsync(RemediationRequest request, PlannedStep step) =>
        await KnownAsync(SendCheck.MarkOf(request, step, PlanDirection.Forward), request, step) ?? new StepOutcome.Waiting($"{step.Summary}: it may have been called, which only its receiver can tell", Recheck);

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (_stop.IsCancellationRequested)
        {
            return;
        }

        await _stop.CancelAsync();
        Task all = Task.WhenAll(_sent.Values);
        await all.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _stop.Dispose();
    }

    // Null when it is to be sent. A request is looked at for many reasons; its webhook is not called before the time that it asked for.
    private async Task<StepOutcome?> KnownAsync(string key, RemediationRequest request, PlannedStep step)
    {
        if (_sent.GetValueOrDefault(key) is not { } sent)
        {
            return null;
        }

        if (!sent.IsCompleted)
        {
            return NotYet(step);
        }

        if (sent.IsFaulted)
        {
            _sent = _sent.Remove(key);   // what went wrong is thrown once, and the call is tried again
        }

        (WebhookAnswer answer, DateTimeOffset at) = await sent;
        StepOutcome outcome = WebhookCall.Judge(step.Summary, answer, request.Status?.Steps.FirstOrDefault(s => s.Name == step.Name)?.IntendedAt, at);
        if (outcome is not StepOutcome.Waiting waiting)
        {
            return outcome;
        }

        TimeSpan left = at + waiting.Again - clock.GetUtcNow();
        return left > TimeSpan.Zero && left <= waiting.Again ? waiting with { Again = left } : null;
    }

    private static StepOutcome.Waiting NotYet(PlannedStep step) => new($"{step.Summary}: it was called and has not answered yet", LookForAnswer);

    // After the time of the lease the next leader may send it: this one must not be on its way any more.
    private async Task<Answered> CallAsync(WebhookCall call, TimeSpan lease)
    {
        using CancellationTokenSource over = new(lease, clock);
        using CancellationTokenSource either = CancellationTokenSource.CreateLinkedTokenSource(over.Token, _stop.Token);
        WebhookAnswer answer;
        try
        {
            answer = await caller.CallAsync(call, either.Token);
        }
        catch (OperationCanceledException) when (either.IsCancellationRequested)
        {
            answer = new WebhookAnswer.Unknown("it had not answered when the time of the operator's lease was over");
        }

        return new(answer, clock.GetUtcNow());
    }

    /// <summary>What came of a call.</summary>
    private sealed record Answered(WebhookAnswer Answer, DateTimeOffset At);
}
