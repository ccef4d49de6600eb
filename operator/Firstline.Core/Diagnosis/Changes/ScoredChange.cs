namespace Firstline.Core.Diagnosis.Changes;

/// <summary>A change, and how suspicious it is.</summary>
internal sealed record ScoredChange(Change Change, ChangeScore Score);
