using System.Collections.Immutable;
using Firstline.Core.Facts;

namespace Firstline.Core.Diagnosis.Rules;

/// <summary>A PersistentVolume failed.</summary>
/// <remarks>Basis 92: its phase says so.</remarks>
internal sealed class VolumeRule : IHypothesisRule
{
    public string Name => "Volume";

    public Expectation Expects(string cause) => new(
        "It stays Failed until it is cleaned up or deleted by hand; a new claim gets another volume.",
        "Its phase is not Failed any more.");

    public ImmutableArray<HypothesisDraft> Judge(DiagnosisCase @case) => @case.Situation.Volume is not { Phase: "Failed" } volume ? [] :
    [
        Drafts.Of(
            @case, Causes.PvFailed, volume.Ref, 92, $"PersistentVolume {volume.Ref.Name} is in phase Failed{(volume.Message.Length > 0 ? $": {volume.Message}" : ": it could not be recycled or deleted")}",
            $"kubectl describe pv {volume.Ref.Name}"),
    ];
}
