using Polly;
using Polly.Retry;

namespace Firstline.Kube.Client;

public sealed partial class KubeClient
{
    private static readonly ResiliencePropertyKey<KubeRequest> RequestKey = new("request");

    private ResiliencePipeline CreateRetry()
    {
        ResiliencePipelineBuilder builder = new() { TimeProvider = _clock };
        if (_options.MaxRetries > 0)
        {
            builder.AddRetry(new RetryStrategyOptions
            {
                MaxRetryAttempts = _options.MaxRetries,
                Delay = _options.RetryDelay,
                MaxDelay = _options.MaxRetryDelay,
                BackoffType = DelayBackoffType.Exponential,
                UseJitter = true,
                ShouldHandle = arguments => new(MayRetry(arguments.Context, arguments.Outcome.Exception)),
                DelayGenerator = arguments => new((arguments.Outcome.Exception as KubeException)?.RetryAfter),
                OnRetry = OnRetry,
            });
        }

        return builder.Build();
    }

    /// <summary>
    /// An answer with Retry-After, and any 429, was not acted upon, so every verb may be repeated. After a broken connection nobody knows,
    /// so only what can be done twice is. What was waited for as long as its caller set is told: the caller asks again in its own time.
    /// </summary>
    private bool MayRetry(ResilienceContext context, Exception? exception)
    {
        if (exception is not KubeException e || !context.Properties.TryGetValue(RequestKey, out KubeRequest? request)
            || e.RetryAfter > _options.MaxRetryDelay)
        {
            return false;
        }

        bool wasRefused = e.Kind == KubeErrorKind.TooManyRequests && request.Subresource != "eviction";
        bool askedToWait = e.RetryAfter is not null && e.Kind is KubeErrorKind.ServiceUnavailable or KubeErrorKind.InternalError;
        return wasRefused || askedToWait || (request.IsRepeatable && IsUnknown(e, request));
    }

    private static bool IsUnknown(KubeException e, KubeRequest request) =>
        e.Kind is KubeErrorKind.Unreachable or KubeErrorKind.ServiceUnavailable || (e.Kind == KubeErrorKind.Timeout && request.Timeout is null);

    private ValueTask OnRetry(OnRetryArguments<object> arguments)
    {
        if (arguments.Context.Properties.TryGetValue(RequestKey, out KubeRequest? request))
        {
            ClientMetrics.Retried(request, _transport.Host);
            LogRetry(request.Target, arguments.RetryDelay, arguments.Outcome.Exception?.Message ?? "");
        }

        return default;
    }
}
