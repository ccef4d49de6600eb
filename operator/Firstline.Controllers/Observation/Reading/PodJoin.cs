using System.Collections.Immutable;
using Firstline.Api.V1Alpha1;
using Firstline.Core.Facts;

namespace Firstline.Controllers.Observation.Reading;

/// <summary>Makes facts of a pod's draft; each part that is the same as before is the one of before.</summary>
internal static class PodJoin
{
    private static readonly PodFacts Nothing = new() { Ref = new() };

    /// <summary>The pod; <paramref name="last"/> itself when nothing differs.</summary>
    public static PodFacts Facts(PodDraft pod, PodFacts? last)
    {
        PodFacts before = last ?? Nothing;
        PodFacts now = new()
        {
            Ref = Ref(pod.Metadata, before.Ref),
            Controller = MetadataJoin.Controller(pod.Metadata.Owners, before.Controller),
            Labels = MetadataJoin.Labels(pod.Metadata.Labels, before.Labels),
            Phase = pod.Status.Phase ?? "",
            Reason = pod.Status.Reason,
            Message = pod.Status.Message,
            NodeName = pod.Spec.NodeName,
            HasEmptyDir = HasEmptyDir(pod.Spec.Volumes),
            CreatedAt = pod.Metadata.Created ?? default,
            DeletionAt = pod.Metadata.Deletion,
            Conditions = MetadataJoin.Conditions(pod.Status.Conditions, before.Conditions),
            Containers = Containers(pod, before.Containers),
        };
        return now == before ? before : now;
    }

    private static bool HasEmptyDir(DraftList<VolumeDraft> volumes)
    {
        for (int i = 0; i < volumes.Count; i++)
        {
            if (volumes[i].EmptyDir.IsPresent)
            {
                return true;
            }
        }

        return false;
    }

    private static TargetRef Ref(MetadataDraft metadata, TargetRef before) =>
        before.Kind.Length > 0 && before.Name == (metadata.Name ?? "") && before.Namespace == metadata.Namespace && before.Uid == metadata.Uid
            ? before
            : new() { ApiVersion = BuiltinTypes.Pods.ApiVersion, Kind = BuiltinTypes.Pods.Kind, Namespace = metadata.Namespace, Name = metadata.Name ?? "", Uid = metadata.Uid };

    private static ImmutableArray<ContainerFacts> Containers(PodDraft pod, ImmutableArray<ContainerFacts> before)
    {
        int inits = pod.Spec.InitContainers.Count;
        Reused<ContainerFacts> containers = new(before, inits + pod.Spec.Containers.Count);
        for (int i = 0; i < containers.Count; i++)
        {
            bool isInit = i < inits;
            ContainerDraft draft = isInit ? pod.Spec.InitContainers[i] : pod.Spec.Containers[i - inits];
            ContainerRole role = !isInit ? ContainerRole.App : draft.RestartPolicy == "Always" ? ContainerRole.Sidecar : ContainerRole.Init;
            ContainerStatusDraft? status = Find(isInit ? pod.Status.InitContainerStatuses : pod.Status.ContainerStatuses, draft.Name);
            containers.Set(i, ContainerJoin.Facts(draft, role, status, pod.Spec.Volumes, containers.Before(i)));
        }

        return containers.All;
    }

    private static ContainerStatusDraft? Find(DraftList<ContainerStatusDraft> statuses, string? name)
    {
        for (int i = 0; i < statuses.Count; i++)
        {
            if (statuses[i].Name == name)
            {
                return statuses[i];
            }
        }

        return null;
    }
}
