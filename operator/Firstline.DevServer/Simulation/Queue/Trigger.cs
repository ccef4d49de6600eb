using Firstline.Api.Meta;
using Firstline.DevServer.Simulation.Cache;
using Firstline.DevServer.Simulation.Client;

namespace Firstline.DevServer.Simulation.Queue;

/// <summary>A change in <paramref name="Source"/> makes its reconciler look at the keys that <paramref name="Keys"/> names, for the object before and after.</summary>
internal sealed record Trigger(ObjectCache Source, Func<KubeObject, IEnumerable<NamespacedName>> Keys)
{
    /// <summary>The object itself.</summary>
    public static Trigger Self(ObjectCache source) => new(source, item => [item.Key]);

    /// <summary>The controller of that kind which owns the object.</summary>
    public static Trigger Owner(ObjectCache source, ResourceType kind) =>
        new(source, item => item.OwnerKind == kind.Kind && item.OwnerName is { } name ? [new NamespacedName(item.Namespace, name)] : []);
}
