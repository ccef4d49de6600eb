using System.Collections.Immutable;
using Firstline.DevServer.Simulation.Faults;

namespace Firstline.DevServer.Simulation.Kubelet;

/// <summary>The ConfigMaps and Secrets of a namespace that a pod names, as they are now; one that does not exist is not in it.</summary>
internal sealed record ContentView(ImmutableDictionary<(ContentKind Kind, string Name), ImmutableDictionary<string, string>> Objects)
{
    public static readonly ContentView Empty = new(ImmutableDictionary<(ContentKind, string), ImmutableDictionary<string, string>>.Empty);

    public ImmutableDictionary<string, string>? Find(ContentKind kind, string name) => Objects.GetValueOrDefault((kind, name));

    public string? Find(ContentKey key) => Find(key.Kind, key.Name)?.GetValueOrDefault(key.Key);

    /// <summary>Every object that the pod's environment, volumes or faults name.</summary>
    public static IEnumerable<(ContentKind Kind, string Name)> Named(PodPlan plan) =>
        plan.Volumes.Select(v => (v.Kind, v.Source))
            .Concat(plan.InitContainers.Concat(plan.Containers).SelectMany(Named))
            .Distinct();

    private static IEnumerable<(ContentKind Kind, string Name)> Named(ContainerPlan container) =>
        container.Env.OfType<EnvEntry.FromKey>().Select(e => (e.Source.Kind, e.Source.Name))
            .Concat(container.Env.OfType<EnvEntry.FromAll>().Select(e => (e.Kind, e.Source)))
            .Concat(container.Faults.SelectMany(f => f.Conditions).OfType<FaultCondition.Content>().Select(c => (c.Key.Kind, c.Key.Name)));
}
