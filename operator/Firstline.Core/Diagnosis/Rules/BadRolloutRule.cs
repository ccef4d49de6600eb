using System.Collections.Immutable;
using System.Globalization;
using Firstline.Core.Diagnosis.Changes;
using Firstline.Core.Facts;

namespace Firstline.Core.Diagnosis.Rules;

/// <summary>The newest revision is at fault: the trouble began shortly after it was rolled out, and no pod of another revision is in trouble.</summary>
/// <remarks>Basis 50. +20 an older revision still serves, +15 the onset is within <see cref="Soon"/> of the rollout, +15 what changed explains how it
/// fails; -40 nothing changed but annotations, -30 a ConfigMap that failing containers read changed since, -25 the pods miss something that the revision
/// before needed too, -20 pods of the same revision are ready, -25 they only wait in an init
/// container, which then says for what.</remarks>
internal sealed class BadRolloutRule : IHypothesisRule
{
    private static readonly TimeSpan Soon = TimeSpan.FromMinutes(10);

    public string Name => "BadRollout";

    public Expectation Expects(string cause) => new(
        "Pods of the revision before run well, and going back to it ends the trouble.",
        "Pods of the revision before fail in the same way, or the trouble stays after it is rolled back.");

    public ImmutableArray<HypothesisDraft> Judge(DiagnosisCase @case)
    {
        Situation situation = @case.Situation;
        if (@case.Rollout is not { } rollout || situation.Revisions is not [{ } newest, { } before, ..] || !ChangeFinder.IsSuspicious(rollout, @case.Onset))
        {
            return [];
        }

        ImmutableArray<PodFacts> failing = FailingPods(@case);
        if (failing.IsEmpty || failing.Any(p => p.RevisionHash != newest.PodHash))
        {
            return [];
        }

        ImmutableArray<Objection> objections = Objections(@case, rollout, newest, before);
        RevisionFacts? serving = situation.Revisions.Skip(1).FirstOrDefault(static r => r.ReadyPods > 0);
        return
        [
            new()
            {
                Cause = Causes.BadRollout,
                Statement = Statement(@case, rollout, newest, failing.Length),
                Resource = @case.Subject,
                Confidence = Confidence.Of(
                    50, objections,
                    (serving is not null, 20),
                    (@case.Onset - rollout.Time <= Soon, 15),
                    (@case.Failures.Any(f => ChangeScore.Explains(rollout, f.Sign)), 15)),
                For = @case.Evidence.Cite([rollout.Topic, "revision", .. @case.Failures.Select(static f => f.Topic), "scheduling", "workload/Progressing"]),
                Objections = objections,
                NextStep = situation.IsKnownByPods
                    ? $"kubectl describe {@case.KubectlName}, and take its last revision back by its own controller's means"
                    : $"kubectl rollout history {@case.KubectlName}, then kubectl rollout undo {@case.KubectlName}",
            },
        ];
    }

    private static ImmutableArray<Objection> Objections(DiagnosisCase @case, Change rollout, RevisionFacts newest, RevisionFacts before) =>
    [
        .. rollout.Touches(TemplateAspect.RestartOnly) ? [new(40, "nothing but annotations changed, as a restart sets them", rollout.Topic)] : Array.Empty<Objection>(),
        .. LaterConfigChange(@case, rollout) is { } config ? [new(30, $"ConfigMap {config.Resource.Name}, which a failing container reads, changed since", config.Topic)] : Array.Empty<Objection>(),
        .. NeededBefore(@case, before) ? [new(25, "the revision before needed what is missing as well", rollout.Topic)] : Array.Empty<Objection>(),
        .. newest.ReadyPods > 0 ? [new(20, $"{Counted.Of(newest.ReadyPods, "pod is", "pods are")} ready of the same revision", "revision/newest")] : Array.Empty<Objection>(),
        .. @case.Failures.All(static f => f.Sign == FailureSign.Hang) ? [new(25, "its pods only wait in an init container", [.. @case.Failures.Select(static f => f.Topic)])] : Array.Empty<Objection>(),
    ];

    private static ImmutableArray<PodFacts> FailingPods(DiagnosisCase @case) =>
    [
        .. @case.Failures.Select(static f => f.Pod)
            .Concat(@case.Situation.WantedPods.Where(static p => p.Condition("PodScheduled") is { Reason: "Unschedulable" }))
            .Distinct(),
    ];

    private static string Statement(DiagnosisCase @case, Change rollout, RevisionFacts newest, int failing)
    {
        string how = @case.Failures is [{ } first, ..] ? $" with {FailureText.Of(first)}" : "";
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{Counted.Of(failing, "pod")} of revision {newest.Number} {Counted.Noun(failing, "fails", "fail")}{how} since it was rolled out {ChangeFinder.Before(@case.Onset - rollout.Time)}, and no pod of an older revision does: {rollout.Summary}");
    }

    private static Change? LaterConfigChange(DiagnosisCase @case, Change rollout) => @case.Changes.FirstOrDefault(c =>
        c.Resource.Kind == "ConfigMap" && c.Time > rollout.Time && c.Time <= @case.Onset + ChangeFinder.ClockSlack
        && @case.Failures.Any(f => f.Container.ConfigReferences.Any(r => r.Kind == "ConfigMap" && r.Name == c.Resource.Name)));

    private static bool NeededBefore(DiagnosisCase @case, RevisionFacts before) => @case.FailuresBy(FailureSign.Creation)
        .Select(static f => MissingConfigRule.MissingIn(f.WaitingMessage))
        .Any(m => m is { } missing && before.TemplateJson.Contains($"\"{missing.Name}\"", StringComparison.Ordinal));
}
