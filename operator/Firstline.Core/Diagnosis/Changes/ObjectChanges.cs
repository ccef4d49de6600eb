using System.Collections.Immutable;
using Firstline.Api.V1Alpha1;
using Firstline.Core.Facts;

namespace Firstline.Core.Diagnosis.Changes;

/// <summary>Changes of objects that their managed fields tell of, or their creation.</summary>
internal static class ObjectChanges
{
    /// <summary>Fields that a change of the number of pods alone sets.</summary>
    public static readonly ImmutableArray<string> Scaling = ["replicas"];

    /// <summary>Changes of what the subject reads, of what decides about it, and of its own number of pods.</summary>
    public static IEnumerable<Change> Find(Situation situation, Dependencies depends) =>
    [
        .. ConfigMaps(situation),
        .. situation.Workload is { LastChange: { } last } own && last.Fields.SequenceEqual(Scaling) ? [Of(own.Ref, own.CreatedAt, last, ChangeRelation.Self) with { IsScaling = true }] : Array.Empty<Change>(),
        .. situation.Around.Claims.Where(c => depends.Claims.Contains(c.Ref.Name)).SelectMany(static c => Of(c.Ref, c.CreatedAt, c.LastChange)).Select(static c => c with { Relation = ChangeRelation.Read }),
        .. situation.Around.Services.Where(depends.LeadsHere).SelectMany(static s => Of(s.Ref, s.CreatedAt, s.LastChange)),
        .. from service in situation.Around.Services
           let relation = depends.Of(service)
           where relation is not null
           select Of(service.Ref, service.CreatedAt, service.LastChange, relation.Value),
        .. situation.Around.Ingresses.Where(depends.LeadsHere).SelectMany(static i => Of(i.Ref, i.CreatedAt, i.LastChange)),
        .. situation.Around.Policies.Where(p => depends.IsSelected(p.Pods)).SelectMany(static p => Of(p.Ref, p.CreatedAt, p.LastChange)),
        .. situation.Around.Budgets.Where(b => depends.IsSelected(b.Pods)).SelectMany(static b => Of(b.Ref, b.CreatedAt, b.LastChange)),
        .. situation.Around.Autoscalers.Where(a => a.Scales.Kind == situation.Subject.Kind && a.Scales.Name == situation.Subject.Name).SelectMany(static a => Of(a.Ref, a.CreatedAt, a.LastChange)),
        .. situation.Around.Webhooks.SelectMany(static w => Of(w.Ref, w.CreatedAt, w.LastChange)).Select(static c => c with { Relation = ChangeRelation.Cluster }),
        .. situation.Around.Nodes.Where(depends.RunsOn).SelectMany(Node),
    ];

    private static IEnumerable<Change> ConfigMaps(Situation situation) =>
        from config in situation.ConfigMaps.Where(static c => c.ChangedAt is not null)
        select new Change
        {
            Resource = config.Ref,
            Time = config.ChangedAt.GetValueOrDefault(),
            By = config.ChangedBy ?? "",
            Relation = config.Ref.Uid == situation.Subject.Uid ? ChangeRelation.Self : ChangeRelation.Read,
            Summary = $"data of ConfigMap {config.Ref.Name} changed{(config.ChangedBy is { } by ? $" by {by}" : "")}",
        };

    private static IEnumerable<Change> Node(NodeFacts node)
    {
        if (node.CordonedAt is { } at)
        {
            yield return new() { Resource = node.Ref, Time = at, Relation = ChangeRelation.Node, Summary = "it was cordoned" };
        }

        yield return new() { Resource = node.Ref, Time = node.CreatedAt, Relation = ChangeRelation.Node, Summary = "it joined the cluster" };
    }

    private static IEnumerable<Change> Of(TargetRef resource, DateTimeOffset created, ChangeStamp? last) => [Of(resource, created, last, ChangeRelation.Governs)];

    // Times of both kinds are whole seconds; an object whose fields nobody manages tells of its creation alone.
    private static Change Of(TargetRef resource, DateTimeOffset created, ChangeStamp? last, ChangeRelation relation)
    {
        bool isNew = last is null || last.Time - created < TimeSpan.FromSeconds(2);
        string fields = last is { Fields.IsEmpty: false } ? $" (who changed it sets {string.Join(", ", last.Fields)})" : "";
        string what = isNew ? "it was created" : "its spec changed";
        return new()
        {
            Resource = resource,
            Time = isNew ? created : last!.Time,
            By = last?.By ?? "",
            Relation = relation,
            Summary = $"{what}{(last is { By.Length: > 0 } ? $" by {last.By}" : "")}{(isNew ? "" : fields)}",
        };
    }
}
