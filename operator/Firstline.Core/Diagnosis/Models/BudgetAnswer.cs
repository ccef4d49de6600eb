namespace Firstline.Core.Diagnosis.Models;

/// <summary>Whether a question can be afforded.</summary>
public abstract record BudgetAnswer
{
    private BudgetAnswer()
    {
    }

    /// <summary>It can, within this allowance.</summary>
    public sealed record Allowed(ModelAllowance Allowance) : BudgetAnswer;

    /// <summary>It can't.</summary>
    /// <param name="Sentence">Which limit, and when it opens again.</param>
    /// <param name="OpensAt">When it opens again; null for never.</param>
    public sealed record UsedUp(string Sentence, DateTimeOffset? OpensAt) : BudgetAnswer;
}
