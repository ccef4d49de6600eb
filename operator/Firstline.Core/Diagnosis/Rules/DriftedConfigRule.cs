using System.Collections.Immutable;
using Firstline.Core.Detection;
using Firstline.Core.Diagnosis.Changes;
using Firstline.Core.Facts;

namespace Firstline.Core.Diagnosis.Rules;

/// <summary>A ConfigMap was changed past what was declared: it is the subject itself, or failing containers read it.</summary>
/// <remarks>For the ConfigMap itself: basis 85, +5 who changed it is known. For a workload: basis 55, +20 the change came shortly before the onset,
/// +10 every failing container reads it, -25 a rollout came between the change and the onset.</remarks>
internal sealed class DriftedConfigRule : IHypothesisRule
{
    public string Name => "DriftedConfig";

    public Expectation Expects(string cause) => new(
        "Once the declared content is applied again and the pods are started anew, they run.",
        "The pods fail in the same way with the declared content.");

    public ImmutableArray<HypothesisDraft> Judge(DiagnosisCase @case) =>
    [
        .. from config in @case.Situation.ConfigMaps
           let keys = ConfigDriftDetector.DriftedKeys(config)
           where !keys.IsEmpty
           let readers = @case.Failures.Where(f => Reads(f, config)).ToImmutableArray()
           where IsSubject(@case) || !readers.IsEmpty
           orderby config.Ref.Name
           select Draft(@case, config, keys, readers),
    ];

    private static HypothesisDraft Draft(DiagnosisCase @case, ConfigMapFacts config, ImmutableArray<string> keys, ImmutableArray<FailingContainer> readers)
    {
        Change? change = @case.Changes.FirstOrDefault(c => c.Resource.Name == config.Ref.Name && c.Resource.Kind == "ConfigMap");
        ImmutableArray<Objection> objections =
            !IsSubject(@case) && RolloutSince(@case, change) is { } between ? [new(25, $"{@case.Subject} was rolled out between that change and the trouble", between.Topic)] : [];
        return new()
        {
            Cause = Causes.MisconfiguredAppConfig,
            Statement = Statement(@case, config, keys),
            Resource = config.Ref,
            Confidence = IsSubject(@case)
                ? Confidence.Of(85, (config.ChangedBy is not null, 5))
                : Confidence.Of(
                    55, objections,
                    (IsSuspicious(@case, change), 20),
                    (readers.Length == @case.Failures.Length, 10)),
            For = @case.Evidence.Cite([$"config/{config.Ref.Name}", $"change/ConfigMap/{config.Ref.Name}", .. readers.Select(static r => r.Topic)]),
            Objections = objections,
            NextStep = $"kubectl get configmap {config.Ref.Name}{@case.NamespaceFlag} -o yaml, compare with its last-applied annotation, and apply the declared one again",
        };
    }

    private static string Statement(DiagnosisCase @case, ConfigMapFacts config, ImmutableArray<string> keys)
    {
        string who = config.ChangedBy is { } by ? $" by {by}" : "";
        string effect = IsSubject(@case) ? "" : $", and {@case.Subject}, which reads it, fails";
        return $"ConfigMap {config.Ref.Name} was changed{who} and differs from what was applied in {string.Join(", ", keys.Take(5))}{effect}";
    }

    private static bool IsSubject(DiagnosisCase @case) => @case.Subject.Kind == "ConfigMap";

    private static bool IsSuspicious(DiagnosisCase @case, Change? change) => change is not null && ChangeFinder.IsSuspicious(change, @case.Onset);

    private static Change? RolloutSince(DiagnosisCase @case, Change? change) =>
        @case.Rollout is { } rollout && change is not null && rollout.Time > change.Time && rollout.Time <= @case.Onset ? rollout : null;

    private static bool Reads(FailingContainer failure, ConfigMapFacts config) =>
        failure.Container.ConfigReferences.Any(r => r.Kind == "ConfigMap" && r.Name == config.Ref.Name);
}
