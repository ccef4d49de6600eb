namespace Firstline.Host.Diagnosers;

/// <summary>
/// Why the model gives no answer: a sentence without a subject, with nothing in it that the endpoint said. The SDKs wrap failures of HTTP in exceptions of their own; this one they leave as it is.
/// </summary>
internal sealed class ModelFailure(string sentence, Exception? cause = null) : Exception(sentence, cause)
{
    /// <summary>True when the same request may be answered later.</summary>
    public bool MayPass { get; init; }

    /// <summary>How long the endpoint asks to wait; null when it does not say.</summary>
    public TimeSpan? RetryAfter { get; init; }

    /// <summary>True when the endpoint said by its status that it did no work, so that nothing was spent.</summary>
    public bool IsRefusal { get; init; }
}
