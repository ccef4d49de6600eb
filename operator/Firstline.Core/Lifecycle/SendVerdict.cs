namespace Firstline.Core.Lifecycle;

/// <summary>Whether a mutation is to be sent to the object that was just read.</summary>
public abstract record SendVerdict
{
    private SendVerdict()
    {
    }

    /// <summary>Send this.</summary>
    /// <param name="Body">The patch with preconditions and mark, or the object to create with its mark; null for a deletion or evictions.</param>
    public sealed record Send(string? Body) : SendVerdict;

    /// <summary>It was sent before: the object carries its mark, or is gone as it was meant to be.</summary>
    public sealed record Done : SendVerdict;

    /// <summary>Do not send: the object is not what was planned on.</summary>
    /// <param name="Message">What differs, in one sentence.</param>
    public sealed record Drifted(string Message) : SendVerdict;
}
