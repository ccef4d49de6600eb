using System.Collections.Immutable;

namespace Firstline.Core.Diagnosis;

/// <summary>Lets earlier incidents of the same target count as evidence.</summary>
/// <remarks>+5 where the same cause was found and what was done about it was verified to have helped, once however often: what came back may come back again. Where all that was done was in vain it is
/// cited as evidence against, without points: the cause may have been right and the remedy wrong.</remarks>
internal static class History
{
    private const int Points = 5;

    /// <summary>Topic under which the book of evidence keeps an earlier incident.</summary>
    public static string TopicOf(PastIncident past) => $"past/{past.Name}";

    /// <summary>The draft with what earlier incidents say of its cause.</summary>
    public static HypothesisDraft Weighed(HypothesisDraft draft, DiagnosisCase @case)
    {
        ImmutableArray<PastIncident> same = [.. @case.Input.Past.Where(p => p.Cause == draft.Cause)];
        ImmutableArray<PastIncident> helped = [.. same.Where(static p => p.Helped is not null)];
        return draft.For.IsEmpty ? draft : draft with
        {
            Confidence = Confidence.Of(draft.Confidence, (!helped.IsEmpty, Points)),
            For = @case.Evidence.With(draft.For, helped.Select(TopicOf)),
            Against = @case.Evidence.With(draft.Against, same.Where(static p => p.Helped is null && !p.InVain.IsEmpty).Select(TopicOf)),
        };
    }
}
