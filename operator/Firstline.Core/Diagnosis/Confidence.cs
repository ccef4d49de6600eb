using System.Collections.Immutable;

namespace Firstline.Core.Diagnosis;

/// <summary>The arithmetic of confidence: a rule's basis in percent, plus or minus points for each fact that holds, between <see cref="Least"/> and <see cref="Most"/>.</summary>
/// <remarks>
/// <para>The basis says how directly the cause was seen: 85 when the kubelet names it, 70 when the status shows it, 50 when it is inferred from
/// what happened when, 40 when it is what is left. Points say how much one fact should move a careful engineer: 5 a little, 10 to 15 clearly, 20
/// and more by itself decisive.</para>
/// <para>70 is where a runbook may act without approval by default, so that an inferred cause needs at least two clear facts.
/// Nothing reaches 100: it stays a hypothesis.</para>
/// </remarks>
internal static class Confidence
{
    public const int Least = 5;
    public const int Most = 95;

    /// <summary>Below this, a cause that an observation speaks against is ruled out.</summary>
    public const int Doubtful = 20;

    /// <summary>The sum, within the bounds.</summary>
    public static int Of(int basis, params ReadOnlySpan<(bool Holds, int Points)> facts) => Of(basis, [], facts);

    /// <summary>The same, less the points of what speaks against it.</summary>
    public static int Of(int basis, ImmutableArray<Objection> objections, params ReadOnlySpan<(bool Holds, int Points)> facts)
    {
        int sum = basis - objections.Sum(static o => o.Points);
        foreach ((bool holds, int points) in facts)
        {
            sum += holds ? points : 0;
        }

        return Math.Clamp(sum, Least, Most);
    }
}
