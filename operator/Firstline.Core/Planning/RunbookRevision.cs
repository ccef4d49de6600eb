using System.Runtime.CompilerServices;
using System.Text.Json;
using Firstline.Api.Meta;
using Firstline.Api.V1Alpha1;
using Firstline.Core.Actions;

namespace Firstline.Core.Planning;

/// <summary>Names the content of a runbook: the same content has the same revision in every cluster.</summary>
public static class RunbookRevision
{
    /// <summary>Number of hexadecimal digits: short enough to type, long enough that no two runbooks of one cluster share it.</summary>
    public const int Length = 12;

    // A spec is never changed, and each look at each request asks for its revision several times.
    private static readonly ConditionalWeakTable<RunbookSpec, string> Known = [];

    /// <summary>The revision of <paramref name="spec"/>: the start of the SHA-256 of its canonical JSON.</summary>
    /// <remarks>The schema's defaults are filled in first, so that a file and the object made from it have the same revision.</remarks>
    public static string Of(RunbookSpec spec) => Known.GetValue(spec, static s => Computed(s));

    private static string Computed(RunbookSpec spec) =>
        CanonicalJson.Hash(JsonSerializer.SerializeToNode(WithDefaults(spec), FirstlineJson.Of<RunbookSpec>()))[..Length];

    private static RunbookSpec WithDefaults(RunbookSpec spec) => spec with
    {
        Mode = spec.Mode ?? OperatingMode.Auto,
        OnFailure = spec.OnFailure ?? FailureAction.RollBack,
        Match = spec.Match with { MinConfidencePercent = spec.Match.MinConfidencePercent ?? LevelRules.DefaultMinConfidence },
        Verification = spec.Verification with
        {
            TargetHealthy = spec.Verification.TargetHealthy ?? true,
            SignalResolved = spec.Verification.SignalResolved ?? true,
            StableFor = Duration.From(VerificationDefaults.StableFor(spec.Verification)),
            Timeout = Duration.From(VerificationDefaults.Timeout(spec.Verification)),
            Probes = [.. spec.Verification.Probes.Select(static p => p with { Status = p.Status ?? VerificationDefaults.ProbeStatus })],
        },
    };
}
