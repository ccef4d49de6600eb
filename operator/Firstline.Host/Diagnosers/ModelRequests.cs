using Firstline.Host.Options;
using Microsoft.Extensions.AI;
using Polly;
using Polly.CircuitBreaker;
using Polly.Retry;
using Polly.Timeout;

namespace Firstline.Host.Diagnosers;

/// <summary>Sends requests with their repetitions, each of them counted; and leaves an endpoint alone that only fails.</summary>
internal sealed class ModelRequests(ModelOptions options, TimeProvider clock)
{
    private const int MaxRetries = 2;
    private const int FailuresInARow = 5;
    private static readonly TimeSpan Pause = TimeSpan.FromMinutes(1);

    /// <summary>Who asks for a longer wait is not asked again for this question.</summary>
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(20);

    private readonly ResiliencePipeline<ChatResponse> _guard = new ResiliencePipelineBuilder<ChatResponse> { TimeProvider = clock }
        .AddCircuitBreaker(new CircuitBreakerStrategyOptions<ChatResponse>
        {
            FailureRatio = 1, MinimumThroughput = FailuresInARow, SamplingDuration = TimeSpan.FromMinutes(5), BreakDuration = Pause,
            ShouldHandle = static outcome => ValueTask.FromResult(outcome.Outcome.Exception is ModelFailure or TimeoutRejectedException),
        })
        .AddTimeout(new TimeoutStrategyOptions { Timeout = options.RequestTimeout })
        .Build();

    /// <summary>The answer of the endpoint.</summary>
    /// <param name="send">Sends the request once.</param>
    /// <param name="tokens">About how many tokens are sent.</param>
    /// <param name="answerTokens">The most that may come back.</param>
    /// <param name="spending">Counts.</param>
    /// <param name="ct">Stops.</param>
    /// <exception cref="ModelFailure">None came.</exception>
    public async Task<ChatResponse> SendAsync(Func<CancellationToken, Task<ChatResponse>> send, long tokens, int answerTokens, Spending spending, CancellationToken ct)
    {
        try
        {
            return await Retrying(() => spending.Affords(tokens, answerTokens)).ExecuteAsync(async token => await SendOnceAsync(send, tokens, answerTokens, spending, token), ct);
        }
        catch (TimeoutRejectedException e)
        {
            throw new ModelFailure($"has not answered within {SettingText.Of(options.RequestTimeout)} (model.requestTimeout)", e);
        }
        catch (BrokenCircuitException e)
        {
            throw new ModelFailure($"failed {FailuresInARow} times in a row and is left alone for {SettingText.Of(Pause)}", e);
        }
    }

    private ResiliencePipeline<ChatResponse> Retrying(Func<bool> mayRepeat) => new ResiliencePipelineBuilder<ChatResponse> { TimeProvider = clock }
        .AddRetry(new RetryStrategyOptions<ChatResponse>
        {
            MaxRetryAttempts = MaxRetries, BackoffType = DelayBackoffType.Exponential, UseJitter = true, Delay = TimeSpan.FromSeconds(1),
            ShouldHandle = outcome => ValueTask.FromResult(mayRepeat() && MayPass(outcome.Outcome.Exception)),
            DelayGenerator = static outcome => ValueTask.FromResult((outcome.Outcome.Exception as ModelFailure)?.RetryAfter is { } wait && wait > TimeSpan.Zero ? wait : (TimeSpan?)null),
        })
        .AddPipeline(_guard)
        .Build();

    private static bool MayPass(Exception? e) => e is TimeoutRejectedException || (e is ModelFailure { MayPass: true } failure && (failure.RetryAfter ?? TimeSpan.Zero) <= LongestWait);

    // Whatever an SDK makes of an answer that it can't read is one failure; and one whose answer did not come whole may have worked all the same.
    private async Task<ChatResponse> SendOnceAsync(Func<CancellationToken, Task<ChatResponse>> send, long tokens, int answerTokens, Spending spending, CancellationToken ct)
    {
        spending.CountCall();
        try
        {
            return await send(ct);
        }
        catch (ModelFailure e)
        {
            spending.CountTokens(null, e.IsRefusal ? 0 : tokens, e.IsRefusal ? 0 : answerTokens);
            throw;
        }
        catch (Exception e)
        {
            spending.CountTokens(null, tokens, answerTokens);
            ct.ThrowIfCancellationRequested();
            throw new ModelFailure($"answers what is no answer of {options.Provider}'s API", e);
        }
    }
}
