using System.Text.Json.Nodes;
using Firstline.Kube.Client;
using Firstline.Kube.Wire;

namespace Firstline.Kube.Leases;

/// <summary>What is written into a lease.</summary>
internal static class LeaseContent
{
    /// <summary>Our name in it; a change of holder counts a transition and starts a new term.</summary>
    public static Lease Claim(Lease? before, LeaderElectionOptions options, DateTimeOffset now)
    {
        bool isRenewal = before?.Spec?.HolderIdentity == options.Identity;
        int transitions = before?.Spec?.LeaseTransitions ?? 0;
        return new Lease
        {
            Metadata = new SimpleMeta
            {
                Name = options.Lease.Name, Namespace = options.Lease.Namespace, ResourceVersion = before?.Metadata.ResourceVersion,
            },
            Spec = new LeaseSpec
            {
                HolderIdentity = options.Identity,
                LeaseDurationSeconds = (int)options.LeaseDuration.TotalSeconds,
                AcquireTime = isRenewal ? before!.Spec!.AcquireTime : LeaseSpec.MicroTime(now),
                RenewTime = LeaseSpec.MicroTime(now),
                LeaseTransitions = before is null || isRenewal ? transitions : transitions + 1,
            },
        };
    }

    /// <summary>Nobody's name in it, and a duration of one second, as client-go leaves it.</summary>
    public static Lease Release(Lease held, DateTimeOffset now) => held with
    {
        Spec = (held.Spec ?? new()) with
        {
            HolderIdentity = "", LeaseDurationSeconds = 1, AcquireTime = LeaseSpec.MicroTime(now), RenewTime = LeaseSpec.MicroTime(now),
        },
    };

    /// <summary>Only the spec, on condition that nobody wrote the lease since it was read.</summary>
    public static Patch AsPatch(Lease lease) => Patch.Merge(new JsonObject
    {
        ["metadata"] = new JsonObject { ["resourceVersion"] = lease.Metadata.ResourceVersion },
        ["spec"] = new JsonObject
        {
            ["holderIdentity"] = lease.Spec?.HolderIdentity,
            ["leaseDurationSeconds"] = lease.Spec?.LeaseDurationSeconds,
            ["acquireTime"] = lease.Spec?.AcquireTime,
            ["renewTime"] = lease.Spec?.RenewTime,
            ["leaseTransitions"] = lease.Spec?.LeaseTransitions,
        },
    });
}
