namespace Firstline.Core.Diagnosis.Models;

/// <summary>What a question has cost.</summary>
/// <param name="Calls">Requests to the model's endpoint, repetitions included.</param>
/// <param name="InputTokens">Tokens that were sent.</param>
/// <param name="OutputTokens">Tokens that came back.</param>
public sealed record ModelUsage(int Calls, long InputTokens, long OutputTokens);
