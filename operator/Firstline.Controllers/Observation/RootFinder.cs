using Firstline.Api.Meta;
using Firstline.Api.V1Alpha1;

namespace Firstline.Controllers.Observation;

/// <summary>Follows controllers upwards from an object to the one that a person made: Pod to ReplicaSet to Deployment, Pod to Job to CronJob, Pod to a custom resource.</summary>
/// <remarks>A Job of a custom resource is its own root, since it has an end of its own; so is the pod of a node's kubelet, which no object of the API server controls.</remarks>
public sealed class RootFinder(ClusterCache cache)
{
    // Deeper than any chain of built-in controllers; a cycle of forged references ends here.
    private const int MaxSteps = 5;

    /// <summary>The root of the object, with its UID where it is in the cache. An object that is gone, or of a kind that is not observed, is its own root.</summary>
    /// <exception cref="Kube.TransientException">The caches are not filled yet.</exception>
    public TargetRef Find(TargetRef target)
    {
        ArgumentNullException.ThrowIfNull(target);
        TargetRef root = WithApiVersion(target);
        for (int step = 0; step < MaxSteps && ControllerOf(root) is { } owner; step++)
        {
            root = new() { ApiVersion = owner.ApiVersion, Kind = owner.Kind, Namespace = root.Namespace, Name = owner.Name, Uid = owner.Uid };
        }

        return root;
    }

    /// <summary>The root of the object; where its namespace is being deleted, that namespace, which decides what becomes of all that is in it.</summary>
    /// <exception cref="Kube.TransientException">The caches are not filled yet.</exception>
    internal TargetRef FindLasting(TargetRef target)
    {
        TargetRef root = Find(target);
        return root.Namespace is { } ns && cache.Namespaces.Find(new("", ns)) is { Ending: true } ending ? ending.Ref : root;
    }

    /// <summary>True while the namespace is being deleted and takes no new objects.</summary>
    internal bool IsEnding(string ns) => cache.Namespaces.Find(new("", ns)) is { Ending: true };

    /// <summary>People leave out the API version of well-known kinds, and write kinds as kubectl takes them.</summary>
    public static TargetRef WithApiVersion(TargetRef target)
    {
        ArgumentNullException.ThrowIfNull(target);
        return BuiltinTypes.Find(target.Kind) is { } type && (target.ApiVersion.Length == 0 || target.ApiVersion == type.ApiVersion)
            ? target with { ApiVersion = type.ApiVersion, Kind = type.Kind }
            : target;
    }

    private OwnerReference? ControllerOf(TargetRef target)
    {
        NamespacedName key = new(target.Namespace ?? "", target.Name);
        return target.Kind switch
        {
            "Pod" => Followed(target, cache.Pods.Find(key)?.Controller),
            "ReplicaSet" => cache.ReplicaSets.Find(key)?.Controller,
            "Job" => Followed(target, cache.Jobs.Find(key)?.Controller),
            _ => null,
        };
    }

    /// <summary>The controller, where the object is judged as a part of it; null where it is judged by itself.</summary>
    internal static OwnerReference? Followed(TargetRef target, OwnerReference? controller) =>
        controller is { Kind: "Node" } || (target.Kind == "Job" && controller is not { Kind: "CronJob" }) ? null : controller;
}
