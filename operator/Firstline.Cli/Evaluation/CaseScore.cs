using System.Collections.Immutable;

namespace Firstline.Cli.Evaluation;

/// <summary>How one case came out.</summary>
internal sealed record CaseScore
{
    public required string Case { get; init; }

    /// <summary>Category of the case, by which scores are grouped.</summary>
    public required string Group { get; init; }

    public required string RootCause { get; init; }

    /// <summary>False for a healthy cluster.</summary>
    public required bool IsIncident { get; init; }

    /// <summary>Incidents that were reported, children of others left out.</summary>
    public required int Incidents { get; init; }

    /// <summary>An incident is about a right object: its target, or what its likeliest hypothesis holds to be at fault.</summary>
    public bool Detected { get; init; }

    public bool Category { get; init; }

    /// <summary>The likeliest hypothesis blames a right object.</summary>
    public bool ObjectFirst { get; init; }

    /// <summary>One of the first three does.</summary>
    public bool ObjectInThree { get; init; }

    /// <summary>1 for the right cause in first place, 0.5 for an acceptable one, else 0.</summary>
    public double CauseFirst { get; init; }

    /// <summary>The same, the best of the first three.</summary>
    public double CauseInThree { get; init; }

    /// <summary>The likeliest hypothesis' statement holds all keywords.</summary>
    public bool Keywords { get; init; }

    /// <summary>Confidence of the likeliest hypothesis, in [0, 1]; null without one.</summary>
    public double? Confidence { get; init; }

    /// <summary>Ids of evidence that hypotheses cite.</summary>
    public int Cited { get; init; }

    /// <summary>Those of them under which there is no evidence.</summary>
    public int Unresolved { get; init; }

    /// <summary>What was answered, for people.</summary>
    public string Answer { get; init; } = "";

    /// <summary>Compares what was reported with what is right.</summary>
    public static CaseScore Of(CaseResult result, CaseTruth truth)
    {
        CaseScore score = new()
        {
            Case = result.Case,
            Group = truth.Category,
            RootCause = truth.RootCause,
            IsIncident = truth.Detect,
            Incidents = result.Incidents.Count(static i => i.Parent is null),
            Cited = result.Incidents.Sum(static i => i.Hypotheses.Sum(static h => h.Cited)),
            Unresolved = result.Incidents.Sum(static i => i.Hypotheses.Sum(static h => h.Unresolved)),
            Answer = string.Join("; ", result.Incidents.Select(Text)),
        };
        ResultIncident? about = result.Incidents.FirstOrDefault(i => IsAbout(i, truth));
        ResultIncident? shown = about ?? result.Incidents.FirstOrDefault();
        if (!truth.Detect || shown is null)
        {
            return score;
        }

        ImmutableArray<ResultHypothesis> three = [.. shown.Hypotheses.Take(3)];
        return score with
        {
            Detected = about is not null,
            Category = shown.Category == truth.Category,
            ObjectFirst = truth.Accepts(three.FirstOrDefault()?.Resource),
            ObjectInThree = three.Any(h => truth.Accepts(h.Resource)),
            Confidence = three.FirstOrDefault()?.Confidence,
            CauseFirst = three is [{ } first, ..] ? Credit(first, truth) : 0,
            CauseInThree = three.Select(h => Credit(h, truth)).DefaultIfEmpty().Max(),
            Keywords = three is [{ } best, ..] && HasKeywords(best.Statement, truth),
        };
    }

    private static bool IsAbout(ResultIncident incident, CaseTruth truth) =>
        truth.Accepts(incident.Target) || truth.Accepts(incident.Hypotheses.FirstOrDefault()?.Resource);

    private static double Credit(ResultHypothesis hypothesis, CaseTruth truth) =>
        hypothesis.Cause == truth.RootCause ? 1 : truth.AcceptableRootCauses.Contains(hypothesis.Cause) ? 0.5 : 0;

    private static bool HasKeywords(string statement, CaseTruth truth) =>
        truth.Keywords.All(k => Has(statement, k)) && truth.KeywordsAnyOf.All(any => any.Any(k => Has(statement, k)));

    private static bool Has(string statement, string keyword) => statement.Contains(keyword, StringComparison.OrdinalIgnoreCase);

    private static string Text(ResultIncident incident) =>
        $"{incident.Target.Kind}/{incident.Target.Name} [{incident.Category}{(incident.Parent is null ? "" : ", child")}] {string.Join(", ", incident.Hypotheses.Take(3).Select(static h => $"{h.Cause}@{h.Resource.Kind}/{h.Resource.Name}"))}";
}
