using System.Collections.Immutable;
using System.Globalization;
using Firstline.Api.V1Alpha1;
using Firstline.Core.Facts;

namespace Firstline.Core.Diagnosis.Models;

/// <summary>Puts what a model says among what the rules found.</summary>
/// <remarks>
/// <para>The rules' hypotheses stay as they are, in number, words and order among themselves, and the likeliest of them stays first. A model's own come behind it by
/// confidence, which is what it states, at most <see cref="Most"/>, or <see cref="MostOfOneKind"/> where all that it cites is of one kind: both are below the 70 at which a
/// runbook may act without approval by default. A cause that the rules have ruled out gets <see cref="MostOfRuledOut"/> at most, with what speaks against it. Nothing decides by them in any case (<see cref="Likeliest"/>).</para>
/// <para>One that names cause and object of a rule and is no surer than it says nothing new, and is left out.</para>
/// </remarks>
internal static class ModelMerge
{
    public const int Most = 60;
    public const int MostOfOneKind = 45;
    public const int MostOfRuledOut = 20;

    /// <summary>Most items of a model's own look-ups that are kept; with the rules' items the API's bound.</summary>
    public const int MaxLookedUp = 16;

    private const int MaxCitations = 32;
    private const char LookUpMark = 'T';

    /// <summary>True for an item that a model looked up.</summary>
    public static bool IsLookedUp(EvidenceItem item) => item.Id.StartsWith(LookUpMark);

    /// <summary>Id of the <paramref name="at"/>th item that was looked up for a question.</summary>
    public static string LookUpId(int question, int at) => string.Create(CultureInfo.InvariantCulture, $"{LookUpMark}{question}-{at}");

    /// <summary>A claim as a hypothesis of the model: labelled, and no surer than a model may be.</summary>
    /// <param name="claim">The claim.</param>
    /// <param name="model">Name of the model.</param>
    /// <param name="evidence">What it may cite.</param>
    /// <param name="ruledOut">Causes that what was observed speaks against.</param>
    public static Hypothesis Labelled(Hypothesis claim, string model, ImmutableArray<EvidenceItem> evidence, ImmutableArray<RuledOutCause> ruledOut) => Bounded(claim, evidence, ruledOut) with
    {
        Statement = $"Hypothesis of a model: {claim.Statement}",
        Origin = BoundedText.Shorten($"{Likeliest.ModelOrigin}{model} prompt/{ModelInstructions.Version}", 128),
    };

    /// <summary>A claim no surer than what it cites allows, and with what speaks against it.</summary>
    public static Hypothesis Bounded(Hypothesis claim, ImmutableArray<EvidenceItem> evidence, ImmutableArray<RuledOutCause> ruledOut)
    {
        ImmutableArray<RuledOutCause> opposed = [.. ruledOut.Where(r => r.Causes.Contains(claim.Cause))];
        int kinds = evidence.Where(e => claim.EvidenceFor.Contains(e.Id)).Select(static e => e.Kind).Distinct().Count();
        return claim with
        {
            ConfidencePercent = Math.Clamp(claim.ConfidencePercent, Confidence.Least, !opposed.IsEmpty ? MostOfRuledOut : kinds > 1 ? Most : MostOfOneKind),
            EvidenceAgainst = [.. claim.EvidenceAgainst.Concat(opposed.SelectMany(static r => r.Evidence)).Except(claim.EvidenceFor).Take(MaxCitations)],
        };
    }

    /// <summary>The rules' diagnosis with what a model added; what cites nothing that is still there goes.</summary>
    /// <param name="rules">Hypotheses of the rules.</param>
    /// <param name="evidence">Evidence of the rules.</param>
    /// <param name="added">Hypotheses of the model.</param>
    /// <param name="lookedUp">What it looked up; kept as far as it is cited.</param>
    public static (ImmutableArray<Hypothesis> Hypotheses, ImmutableArray<EvidenceItem> Evidence) Of(
        ImmutableArray<Hypothesis> rules, ImmutableArray<EvidenceItem> evidence, ImmutableArray<Hypothesis> added, ImmutableArray<EvidenceItem> lookedUp)
    {
        ImmutableHashSet<string> cited = [.. added.SelectMany(static h => h.EvidenceFor.Concat(h.EvidenceAgainst))];
        ImmutableArray<EvidenceItem> kept = [.. lookedUp.Where(e => cited.Contains(e.Id)).Take(MaxLookedUp)];
        ImmutableHashSet<string> known = [.. evidence.Concat(kept).Select(static e => e.Id)];
        ImmutableArray<Hypothesis> own =
        [
            .. added.Select(h => h with { EvidenceFor = [.. h.EvidenceFor.Where(known.Contains)], EvidenceAgainst = [.. h.EvidenceAgainst.Where(known.Contains)] })
                .Where(h => !h.EvidenceFor.IsEmpty && !rules.Any(r => SaysAsMuch(r, h)))
                .DistinctBy(static h => (h.Cause, h.Resource?.Kind, h.Resource?.Name))
                .OrderByDescending(static h => h.ConfidencePercent)
                .Select(static (h, at) => h with { Id = string.Create(CultureInfo.InvariantCulture, $"M{at + 1}") }),
        ];
        return ([.. rules.Take(1), .. rules.Skip(1).Concat(own).OrderByDescending(static h => h.ConfidencePercent)], [.. evidence, .. kept]);
    }

    /// <summary>True when a rule names the same cause and object and is at least as sure of it.</summary>
    public static bool SaysAsMuch(Hypothesis rule, Hypothesis claim) => IsSame(rule, claim) && rule.ConfidencePercent >= claim.ConfidencePercent;

    /// <summary>True when both name the same cause and object.</summary>
    public static bool IsSame(Hypothesis one, Hypothesis other) =>
        one.Cause == other.Cause && one.Resource?.Kind == other.Resource?.Kind && one.Resource?.Name == other.Resource?.Name;
}
