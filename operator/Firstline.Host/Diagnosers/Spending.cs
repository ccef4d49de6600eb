using Firstline.Core.Diagnosis.Models;
using Microsoft.Extensions.AI;

namespace Firstline.Host.Diagnosers;

/// <summary>What one question has cost, and what it may still cost.</summary>
internal sealed class Spending(ModelAllowance allowance)
{
    private const long MostTokens = 10_000_000;   // no model takes or gives as many at once: whoever says so can't count
    private int _calls;
    private long _input;
    private long _output;

    public ModelUsage Usage => new(_calls, _input, _output);

    public int CallsLeft => allowance.Calls - _calls;

    public long TokensLeft => allowance.Tokens - _input - _output;

    /// <summary>True when one call more may be made.</summary>
    /// <param name="tokens">What it sends.</param>
    /// <param name="answerTokens">The most that may come back.</param>
    public bool Affords(long tokens, int answerTokens) => CallsLeft > 0 && TokensLeft >= tokens + answerTokens;

    public void CountCall() => _calls++;

    /// <summary>Counts what the endpoint says it took, and where it says nothing what it must have been.</summary>
    public void CountTokens(UsageDetails? said, long input, long output)
    {
        _input += Plausible(said?.InputTokenCount) ?? input;
        _output += Plausible(said?.OutputTokenCount) ?? output;
    }

    private static long? Plausible(long? tokens) => tokens is > 0 and <= MostTokens ? tokens : null;
}
