namespace Firstline.Core.Diagnosis.Models;

/// <summary>What one question may cost at most.</summary>
/// <param name="Calls">Requests to the model's endpoint; at least 1.</param>
/// <param name="Tokens">Tokens, sent and received together.</param>
public sealed record ModelAllowance(int Calls, long Tokens);
