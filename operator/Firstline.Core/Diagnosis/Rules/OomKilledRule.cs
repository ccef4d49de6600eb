using System.Collections.Immutable;
using System.Globalization;
using Firstline.Core.Diagnosis.Changes;
using Firstline.Core.Facts;

namespace Firstline.Core.Diagnosis.Rules;

/// <summary>A container needs more memory than its limit allows.</summary>
/// <remarks>Basis 70, since the kernel's reason is in the status. +10 it was killed at least twice, +5 its limit is known, +5 several pods;
/// -15 a rollout shortly before changed resources or image, which then is the likelier cause.</remarks>
internal sealed class OomKilledRule : IHypothesisRule
{
    public string Name => "OomKilled";

    public Expectation Expects(string cause) => new(
        "With a higher memory limit the kills end, or come later where memory leaks.",
        "Its memory stays far below the limit up to the kill, so that the node was short of memory.");

    public ImmutableArray<HypothesisDraft> Judge(DiagnosisCase @case)
    {
        ImmutableArray<FailingContainer> kills = @case.FailuresBy(FailureSign.OomKill);
        if (kills.IsEmpty)
        {
            return [];
        }

        ContainerFacts container = kills[0].Container;
        int restarts = kills.Max(static k => k.Container.RestartCount);
        ImmutableArray<Objection> objections = @case.Rollout is { } rollout && ChangeFinder.IsSuspicious(rollout, @case.Onset) && rollout.Touches(TemplateAspect.Resources, TemplateAspect.Image)
            ? [new(15, "a rollout shortly before changed what it may use, or its image", rollout.Topic)] : [];
        string limit = container.MemoryLimit is { } text ? $"its memory limit of {text}" : "the memory limit of its pod or node";
        return
        [
            new()
            {
                Cause = Causes.OomKilled,
                Statement = string.Create(
                    CultureInfo.InvariantCulture,
                    $"container {container.Name} of {@case.Subject} needs more than {limit}: killed (OOMKilled, exit code 137) in {Counted.Of(kills.Select(static k => k.Pod).Distinct().Count(), "pod")}{(restarts == 0 ? "" : $", {Counted.Of(restarts, "restart")} at most")}"),
                Resource = @case.Subject,
                Confidence = Confidence.Of(
                    70, objections, (restarts >= 2, 10), (container.MemoryLimit is not null, 5), (kills.Select(static k => k.Pod).Distinct().Count() > 1, 5)),
                For = @case.Evidence.Cite([.. kills.Select(static k => k.Topic), "event/OOMKilling", "signal/OomKilled"]),
                Objections = objections,
                NextStep = $"kubectl top pod{@case.NamespaceFlag} --containers, and compare the use of container {container.Name} with its limit",
            },
        ];
    }
}
