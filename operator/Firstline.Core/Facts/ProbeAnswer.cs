namespace Firstline.Core.Facts;

/// <summary>What a probe over HTTP met.</summary>
public abstract record ProbeAnswer
{
    private ProbeAnswer()
    {
    }

    /// <summary>It was answered, with a redirect perhaps, which is not followed.</summary>
    public sealed record Status(int Code) : ProbeAnswer;

    /// <summary>There is no answer.</summary>
    /// <param name="Why">What went wrong, in one sentence without secrets.</param>
    public sealed record Unknown(string Why) : ProbeAnswer;
}
