using System.Collections.Immutable;
using System.Runtime.InteropServices;
using Firstline.Core.Facts;

namespace Firstline.Controllers.Observation.Reading;

/// <summary>Lists the ConfigMaps and Secrets that a container reads: by variables, by envFrom, and by the volumes that it mounts; each once.</summary>
internal static class ConfigJoin
{
    [ThreadStatic]
    private static List<ConfigReference>? _found;

    public static ImmutableArray<ConfigReference> References(ContainerDraft container, DraftList<VolumeDraft> volumes, ImmutableArray<ConfigReference> before)
    {
        List<ConfigReference> found = _found ??= [];
        found.Clear();
        for (int i = 0; i < container.Env.Count; i++)
        {
            Add(found, container.Env[i].ValueFrom, before);
        }

        for (int i = 0; i < container.EnvFrom.Count; i++)
        {
            Add(found, container.EnvFrom[i], before);
        }

        for (int i = 0; i < volumes.Count; i++)
        {
            if (Mounts(container, volumes[i]))
            {
                Add(found, volumes[i], before);
            }
        }

        return found.Count == 0 ? [] : before.AsSpan().SequenceEqual(CollectionsMarshal.AsSpan(found)) ? before : [.. found];
    }

    private static bool Mounts(ContainerDraft container, VolumeDraft volume)
    {
        for (int i = 0; i < container.Mounts.Count; i++)
        {
            if (container.Mounts[i].Name == volume.Name)
            {
                return true;
            }
        }

        return false;
    }

    private static void Add(List<ConfigReference> found, VolumeDraft volume, ImmutableArray<ConfigReference> before)
    {
        Add(found, "ConfigMap", volume.ConfigMap, before);
        Add(found, "Secret", volume.Secret, before);
        for (int i = 0; i < volume.Projected.Sources.Count; i++)
        {
            Add(found, volume.Projected.Sources[i], before);
        }
    }

    private static void Add(List<ConfigReference> found, ConfigPairDraft pair, ImmutableArray<ConfigReference> before)
    {
        Add(found, "ConfigMap", pair.ConfigMap, before);
        Add(found, "Secret", pair.Secret, before);
    }

    private static void Add(List<ConfigReference> found, string kind, KeyRefDraft draft, ImmutableArray<ConfigReference> before)
    {
        if (draft.Name is { Length: > 0 } && Find(CollectionsMarshal.AsSpan(found), kind, draft) is null)
        {
            found.Add(Find(before.AsSpan(), kind, draft) ?? new(kind, draft.Name, draft.Key) { Optional = draft.Optional ?? false });
        }
    }

    private static ConfigReference? Find(ReadOnlySpan<ConfigReference> references, string kind, KeyRefDraft draft)
    {
        foreach (ConfigReference r in references)
        {
            if (r.Kind == kind && r.Name == draft.Name && r.Key == draft.Key && r.Optional == (draft.Optional ?? false))
            {
                return r;
            }
        }

        return null;
    }
}
