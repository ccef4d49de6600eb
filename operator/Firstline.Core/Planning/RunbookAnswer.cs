namespace Firstline.Core.Planning;

/// <summary>What came of looking at one runbook.</summary>
internal abstract record RunbookAnswer
{
    private RunbookAnswer()
    {
    }

    /// <summary>It is the one.</summary>
    public sealed record Taken(PlanningResult.Planned Result) : RunbookAnswer;

    /// <summary>It is not.</summary>
    /// <param name="Reason">One of <see cref="PlanningReasons"/>.</param>
    /// <param name="Message">Why, in one sentence without a subject.</param>
    public sealed record NotTaken(string Reason, string Message) : RunbookAnswer;
}
