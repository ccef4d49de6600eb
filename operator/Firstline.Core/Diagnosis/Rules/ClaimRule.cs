using System.Collections.Immutable;
using Firstline.Api.Meta;
using Firstline.Core.Facts;

namespace Firstline.Core.Diagnosis.Rules;

/// <summary>A claim that is not bound, of its own or that a pod waits for.</summary>
/// <remarks>Basis 92 when its StorageClass does not exist or an event tells the provisioner's error, 88 when it is lost, 80 otherwise.</remarks>
internal sealed class ClaimRule : IHypothesisRule
{
    public string Name => "Claim";

    public Expectation Expects(string cause) => cause switch
    {
        Causes.PvcLost => new("A new claim, filled from a backup, lets the pods start; the old one never binds again.", "Its PersistentVolume exists and names this claim."),
        Causes.StorageClassMissing => new("Once the StorageClass exists, or one is the default, a volume is made and the claim is bound.", "kubectl get storageclass shows it, and the claim stays Pending."),
        Causes.ProvisioningFailed => new("Once the provisioner's error is mended, a volume is made and the claim is bound.", "Other claims of the same class and size are bound in the same minutes."),
        _ => new("Once a volume fits it, the claim is bound and its pods are placed.", "The claim is bound, or its class waits for a first pod and none is there."),
    };

    public ImmutableArray<HypothesisDraft> Judge(DiagnosisCase @case)
    {
        ImmutableArray<ClaimFacts> claims = @case.Situation.Claim is { } own ? [own] : Waiting(@case);
        return [.. claims.Where(static c => c.Phase != "Bound" && c.Deletion is null).SelectMany(c => Of(@case, c))];
    }

    private static ImmutableArray<ClaimFacts> Waiting(DiagnosisCase @case)
    {
        bool isUnscheduled = @case.Situation.WantedPods.Any(static p => p.Condition("PodScheduled") is { Status: ConditionStatus.False });
        PodDeclaration pod = @case.Situation.PodDeclared;
        return isUnscheduled ? [.. @case.Situation.Around.Claims.Where(c => pod.Claims.Contains(c.Ref.Name))] : [];
    }

    private static IEnumerable<HypothesisDraft> Of(DiagnosisCase @case, ClaimFacts claim)
    {
        string name = $"PersistentVolumeClaim {claim.Ref.Name}";
        string next = $"kubectl describe pvc {claim.Ref.Name}{@case.NamespaceFlag}, and kubectl get storageclass";
        if (claim.Phase == "Lost")
        {
            yield return Drafts.Of(
                @case, Causes.PvcLost, claim.Ref, 92, $"{name} is Lost: its PersistentVolume {claim.Volume} was deleted, its data with it", next, "event/ClaimLost");
            yield break;
        }

        foreach (HypothesisDraft draft in Unprovisioned(@case, claim, name, next))
        {
            yield return draft;
        }

        string why = @case.Situation.Events.FirstOrDefault(e => e.About.Kind == "PersistentVolumeClaim")?.Message ?? "no volume is bound to it";
        yield return Drafts.Of(
            @case, Causes.PvcPending, claim.Ref, 87, $"{name} is Pending, not bound to a volume (StorageClass {claim.StorageClass ?? "not set"}): {why}", next, "scheduling",
            "event");
    }

    private static IEnumerable<HypothesisDraft> Unprovisioned(DiagnosisCase @case, ClaimFacts claim, string name, string next)
    {
        Surroundings around = @case.Situation.Around;
        if (around.SeesCluster && claim.StorageClass is { Length: > 0 } wanted && around.StorageClasses.All(s => s.Name != wanted))
        {
            yield return Drafts.Of(
                @case, Causes.StorageClassMissing, claim.Ref, 92, $"{name} is Pending: its StorageClass {wanted} does not exist", next, "event/ProvisioningFailed", "scheduling") with
            {
                // What waits for the claim is due to the claim.
                DueTo = @case.Situation.Claim is null ? null : new() { ApiVersion = "storage.k8s.io/v1", Kind = "StorageClass", Name = wanted },
            };
        }
        else if (around.SeesCluster && claim.StorageClass is null && !around.StorageClasses.Any(static s => s.IsDefault))
        {
            yield return Drafts.Of(@case, Causes.StorageClassMissing, claim.Ref, 78, $"{name} is Pending: it names no StorageClass, and none is the default", next, "scheduling");
        }
        else if (@case.Situation.Events.FirstOrDefault(static e => e.Reason == "ProvisioningFailed") is { } failed)
        {
            yield return Drafts.Of(
                @case, Causes.ProvisioningFailed, claim.Ref, 90, $"{name} is Pending: its volume could not be provisioned: {failed.Message}", next, "event/ProvisioningFailed");
        }
    }
}
