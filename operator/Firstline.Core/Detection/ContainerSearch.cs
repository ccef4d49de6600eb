using System.Collections.Immutable;
using System.Globalization;
using Firstline.Core.Facts;

namespace Firstline.Core.Detection;

/// <summary>What the detectors that look at containers have in common: where they look, and how the matches become one finding for the subject.</summary>
internal static class ContainerSearch
{
    /// <summary>Containers of the subject's wanted pods for which <paramref name="matches"/> holds. None while the workload is scaled to zero.</summary>
    public static ImmutableArray<ContainerMatch> Where(Situation situation, Func<PodFacts, ContainerFacts, bool> matches) =>
        !situation.Exists || situation.Workload is { DesiredPods: 0 }
            ? []
            :
            [
                .. from pod in situation.WantedPods
                   orderby pod.Ref.Name
                   from container in pod.Containers
                   where matches(pod, container)
                   select new ContainerMatch(pod, container),
            ];

    /// <summary>One finding for all matches; nothing when there are none.</summary>
    /// <param name="detector">Name of the detector.</param>
    /// <param name="situation">The subject.</param>
    /// <param name="matches">Containers in trouble.</param>
    /// <param name="trouble">The trouble as it ends a sentence that begins with the container, such as: is in CrashLoopBackOff.</param>
    /// <param name="lookAgainAt">When time alone may change the answer.</param>
    public static DetectorReport Report(
        string detector, Situation situation, ImmutableArray<ContainerMatch> matches, string trouble, DateTimeOffset? lookAgainAt = null)
    {
        if (matches.IsEmpty)
        {
            return new([], lookAgainAt);
        }

        string containers = string.Join(", ", matches.Select(static m => m.Container.Name).Distinct().Order(StringComparer.Ordinal).Take(3));
        int inTrouble = matches.Select(static m => m.Pod.Ref.Name).Distinct().Count();
        Finding finding = new()
        {
            Detector = detector,
            Fingerprint = Fingerprints.Of(detector, situation.Subject),
            Target = situation.Subject,
            Summary = string.Create(
                CultureInfo.InvariantCulture, $"container {containers} of {inTrouble} of {Counted.Of(situation.WantedPods.Count(), "pod")} {trouble}"),
            Since = matches.Min(static m => m.Since),
        };
        return new([finding], lookAgainAt);
    }

    /// <summary>One finding on the subject once it has lasted for <paramref name="patience"/>, and before that a look then.</summary>
    public static DetectorReport After(string detector, Situation situation, DateTimeOffset since, TimeSpan patience, DateTimeOffset now, string summary) => now - since < patience
        ? new([], since + patience)
        : new([new() { Detector = detector, Fingerprint = Fingerprints.Of(detector, situation.Subject), Target = situation.Subject, Summary = summary, Since = since < now ? since : now }]);

    /// <summary>The earlier of two moments at which to look again.</summary>
    public static DateTimeOffset? Earlier(DateTimeOffset? left, DateTimeOffset? right) =>
        left is null || right < left ? right ?? left : left;

    /// <summary>The earliest of <paramref name="moments"/> that is still to come; null when none is.</summary>
    public static DateTimeOffset? Next(IEnumerable<DateTimeOffset> moments, DateTimeOffset now) =>
        moments.Where(m => m > now).Select(static m => (DateTimeOffset?)m).Min();
}
