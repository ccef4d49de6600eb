using System.Collections.Immutable;

namespace Firstline.DevServer.Simulation.Controllers;

/// <summary>The arithmetic of a Deployment's rolling update.</summary>
internal static class RollingUpdate
{
    /// <summary>One ReplicaSet as the arithmetic sees it.</summary>
    /// <param name="Name">Name.</param>
    /// <param name="Replicas">Pods it asks for.</param>
    /// <param name="Available">Pods that serve.</param>
    internal sealed record Set(string Name, int Replicas, int Available);

    /// <summary>How many pods the new ReplicaSet asks for next: up to the wanted number, as long as all together stay within the surge.</summary>
    public static int ScaleUp(Set next, ImmutableArray<Set> old, int wanted, int maxSurge)
    {
        if (next.Replicas >= wanted)
        {
            return wanted;
        }

        int total = next.Replicas + old.Sum(set => set.Replicas);
        int room = Math.Max(0, wanted + maxSurge - total);
        return next.Replicas + Math.Min(room, wanted - next.Replicas);
    }

    /// <summary>
    /// How many pods each old ReplicaSet (oldest first) asks for next: first those that do not serve go, then as many that serve
    /// as the wanted number, less what may be unavailable, allows.
    /// </summary>
    public static ImmutableArray<Set> ScaleDown(Set next, ImmutableArray<Set> old, int wanted, int maxUnavailable)
    {
        int minAvailable = wanted - maxUnavailable;
        int total = next.Replicas + old.Sum(set => set.Replicas);
        int room = total - minAvailable - (next.Replicas - next.Available);
        ImmutableArray<Set> cleaned = [.. old.Select(set =>
        {
            int go = Math.Clamp(Math.Min(room, set.Replicas - set.Available), 0, set.Replicas);
            room -= go;
            return set with { Replicas = set.Replicas - go };
        })];

        int spare = next.Available + cleaned.Sum(set => Math.Min(set.Available, set.Replicas)) - minAvailable;
        return [.. cleaned.Select(set =>
        {
            int go = Math.Clamp(spare, 0, set.Replicas);
            spare -= go;
            return set with { Replicas = set.Replicas - go };
        })];
    }

    /// <summary>The two limits of a strategy as counts; both zero would never move, so one may then be unavailable.</summary>
    public static (int MaxSurge, int MaxUnavailable) Limits(int surge, int unavailable) => surge == 0 && unavailable == 0 ? (0, 1) : (surge, unavailable);

    /// <summary>Shares a changed number of replicas among ReplicaSets in proportion to their size, while a rollout is under way or paused.</summary>
    /// <param name="sets">Those with pods, the biggest first.</param>
    /// <param name="total">What all together shall ask for.</param>
    public static ImmutableArray<Set> Share(ImmutableArray<Set> sets, int total)
    {
        int before = sets.Sum(set => set.Replicas);
        int left = total - before;
        ImmutableArray<Set>.Builder shared = ImmutableArray.CreateBuilder<Set>(sets.Length);
        foreach (Set set in sets)
        {
            int part = (int)Math.Round((double)set.Replicas * total / before, MidpointRounding.AwayFromZero) - set.Replicas;
            part = left > 0 ? Math.Clamp(part, 0, left) : Math.Clamp(part, Math.Max(left, -set.Replicas), 0);
            left -= part;
            shared.Add(set with { Replicas = set.Replicas + part });
        }

        if (left != 0 && shared.Count > 0)
        {
            shared[0] = shared[0] with { Replicas = Math.Max(0, shared[0].Replicas + left) };
        }

        return shared.ToImmutable();
    }
}
