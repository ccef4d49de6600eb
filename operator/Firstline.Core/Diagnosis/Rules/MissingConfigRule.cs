using System.Collections.Immutable;
using System.Text.RegularExpressions;
using Firstline.Api.V1Alpha1;
using Firstline.Core.Facts;

namespace Firstline.Core.Diagnosis.Rules;

/// <summary>A ConfigMap, Secret or key that a container reads is missing: its kubelet says so by name, or it waits while the object does not exist.</summary>
/// <remarks>What does not exist cannot be at fault: the object is the one that refers to it; of a missing key it is what should hold it. Basis 85. +5 the object is not in the cluster now, +5 more than one pod says so.</remarks>
internal sealed partial class MissingConfigRule : IHypothesisRule
{
    public string Name => "MissingConfig";

    public Expectation Expects(string cause) => new(
        "Once the object exists with that key, the container starts without a change of the workload.",
        "The object exists with that key in this namespace, and the container waits all the same.");

    public ImmutableArray<HypothesisDraft> Judge(DiagnosisCase @case) =>
    [
        .. Sightings(@case)
            .GroupBy(static s => s.Missing)
            .OrderBy(static g => g.Key.Name, StringComparer.Ordinal)
            .Select(g => Draft(@case, g.Key, [.. g.Select(static s => s.Topic).Distinct()])),
    ];

    /// <summary>What a kubelet's message says is missing; null when it says something else.</summary>
    /// <remarks><c>configmap "web" not found</c>, <c>secret "db" not found</c>, <c>couldn't find key url in ConfigMap shop/web</c>,
    /// <c>references non-existent config key: app.yaml</c> (which names no object).</remarks>
    internal static MissingObject? MissingIn(string message)
    {
        Match absent = NotFound().Match(message);
        if (absent.Success)
        {
            return new(KindOf(absent.Groups["kind"].Value), absent.Groups["name"].Value, null);
        }

        Match key = NoKey().Match(message);
        return key.Success ? new(KindOf(key.Groups["kind"].Value), key.Groups["name"].Value, key.Groups["key"].Value) : null;
    }

    private static IEnumerable<(MissingObject Missing, string Topic)> Sightings(DiagnosisCase @case)
    {
        IEnumerable<(MissingObject? Missing, string Topic)> said =
            @case.FailuresBy(FailureSign.Creation).Select(static f => (MissingIn(f.WaitingMessage), f.Topic))
                .Concat(@case.Situation.Events.Where(static e => e.Reason is "FailedMount" or "Failed").Select(static e => (MissingIn(e.Message), $"event/{e.Reason}")));
        return said.Where(static s => s.Missing is not null).Select(static s => (s.Missing!, s.Topic));
    }

    private static HypothesisDraft Draft(DiagnosisCase @case, MissingObject missing, ImmutableArray<string> topics)
    {
        bool isConfigMap = missing.Kind == "ConfigMap";
        ConfigMapFacts? present = isConfigMap ? @case.Situation.ConfigMaps.FirstOrDefault(c => c.Ref.Name == missing.Name) : null;
        TargetRef needed = present?.Ref ?? Needed(@case, missing);
        string what = missing.Key is { } key ? $"key {key} is missing in {missing.Kind} {missing.Name}" : $"{missing.Kind} {missing.Name} is missing: it was not found";
        return new()
        {
            Cause = CauseOf(missing),
            Statement = $"{what}, and {@case.Subject} needs it to start",
            Resource = missing.Key is null ? @case.Subject : needed,
            DueTo = missing.Key is null ? needed : null,
            Confidence = Confidence.Of(85, (missing.Key is null && isConfigMap && present is null, 5), (topics.Length > 1, 5)),
            For = @case.Evidence.Cite(topics),
            NextStep = $"kubectl get {missing.Kind.ToLowerInvariant()} {missing.Name}{@case.NamespaceFlag}, and create it, or correct the reference in {@case.Subject}",
        };
    }

    private static string CauseOf(MissingObject missing) =>
        missing.Key is not null ? Causes.MissingConfigKey : missing.Kind == "ConfigMap" ? Causes.MissingConfigMap : Causes.MissingSecret;

    private static TargetRef Needed(DiagnosisCase @case, MissingObject missing) => new() { ApiVersion = "v1", Kind = missing.Kind, Namespace = @case.Subject.Namespace, Name = missing.Name };

    private static string KindOf(string word) => word.StartsWith("secret", StringComparison.OrdinalIgnoreCase) ? "Secret" : "ConfigMap";

    [GeneratedRegex(@"\b(?<kind>configmaps?|secrets?) ""(?<name>[a-z0-9.-]{1,253})"" not found", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex NotFound();

    [GeneratedRegex(
        @"couldn't find key (?<key>[\w.-]{1,253}) in (?<kind>ConfigMap|Secret) (?:[a-z0-9-]{1,63}/)?(?<name>[a-z0-9.-]{1,253})(?![a-z0-9.-])", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex NoKey();
}
