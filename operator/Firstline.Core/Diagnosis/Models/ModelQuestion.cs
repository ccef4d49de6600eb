namespace Firstline.Core.Diagnosis.Models;

/// <summary>What a model is asked.</summary>
/// <param name="Instructions">What it is told to do; constant, and never with text of the cluster in it.</param>
/// <param name="Input">One JSON document with all that was observed: typed, bounded, secrets removed.</param>
/// <param name="AnswerSchema">JSON Schema of the answer.</param>
/// <param name="AnswerTokens">Most tokens that an answer may have.</param>
public sealed record ModelQuestion(string Instructions, string Input, string AnswerSchema, int AnswerTokens);
