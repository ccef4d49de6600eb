namespace Firstline.Core.Facts;

/// <summary>What came of a call of a webhook.</summary>
public abstract record WebhookAnswer
{
    private WebhookAnswer()
    {
    }

    /// <summary>It answered; its body is not read.</summary>
    /// <param name="Code">The status.</param>
    /// <param name="RetryAfter">When it wants to be called again; null when it does not say.</param>
    public sealed record Status(int Code, TimeSpan? RetryAfter) : WebhookAnswer;

    /// <summary>There is no answer: it may have taken the call or not.</summary>
    /// <param name="Why">What went wrong, in one sentence without secrets.</param>
    public sealed record Unknown(string Why) : WebhookAnswer;

    /// <summary>It can't be called as the operator is configured; nothing was sent.</summary>
    /// <param name="Why">What is missing, in one sentence.</param>
    public sealed record NotSent(string Why) : WebhookAnswer;
}
