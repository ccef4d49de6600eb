using System.Collections.Immutable;
using Firstline.Core.Facts;

namespace Firstline.Core.Diagnosis.Rules;

/// <summary>A CronJob starts no Job although its schedule was due.</summary>
/// <remarks>Basis 88: its status says so. An event may say why.</remarks>
internal sealed class CronMissedRule : IHypothesisRule
{
    // FailedNeedsStart: too many starts were missed; UnknownTimeZone: the control plane does not know it.
    private static readonly ImmutableArray<string> Reasons = ["FailedCreate", "FailedNeedsStart", "TooManyMissedTimes", "UnknownTimeZone", "UnparseableSchedule", "MissSchedule"];

    public string Name => "CronMissed";

    public Expectation Expects(string cause) => new(
        "Its next run starts on time once what the event names is mended.",
        "A Job was made for the time in question, by hand or under another name.");

    public ImmutableArray<HypothesisDraft> Judge(DiagnosisCase @case)
    {
        if (@case.Input.Signals.FirstOrDefault(static s => s.Name == "CronMissed") is not { } missed || @case.Situation.CronJob is not { Suspended: false })
        {
            return [];
        }

        EventFacts? said = @case.Situation.Events.FirstOrDefault(static e => Reasons.Contains(e.Reason));
        string why = said is null ? "nothing says why: its controller may be down, or startingDeadlineSeconds too short" : $"{said.Reason}: {BoundedText.Of(said.Message, 400)}";
        return [Drafts.Of(@case, Causes.CronJobMissed, @case.Subject, 88, $"{@case.Subject} missed its schedule: {missed.Summary} ({why})", $"kubectl describe {@case.KubectlName}", "event")];
    }
}
