using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Nodes;
using Firstline.Api.Meta;
using Firstline.DevServer.Simulation.Client;
using Firstline.DevServer.Simulation.Queue;

namespace Firstline.DevServer.Simulation.Controllers;

/// <summary>The ControllerRevisions of a StatefulSet or DaemonSet, from which <c>kubectl rollout undo</c> takes old templates.</summary>
internal sealed class RevisionHistory(ControllerTools tools)
{
    public const string Label = "controller-revision-hash";

    /// <summary>The revision with the owner's template: a new one, or an old one that becomes the newest.</summary>
    public async Task<KubeObject?> EnsureAsync(ResourceType type, KubeObject owner, CancellationToken ct)
    {
        ImmutableArray<KubeObject> all = All(owner);
        JsonElement template = owner.Spec.At("template");
        int newest = all.Select(Number).DefaultIfEmpty(0).Max();
        KubeObject? same = all.FirstOrDefault(revision => TemplateHash.IsSame(Template(revision), template));
        if (same is null)
        {
            return await CreateAsync(type, owner, template, newest + 1, ct);
        }

        return Number(same) == newest
            ? same
            : await tools.Cluster.PatchAsync(Kinds.ControllerRevision, same, new JsonObject { ["revision"] = newest + 1 }, ct);
    }

    /// <summary>Deletes the oldest revisions beyond the limit that no pod has.</summary>
    public async Task TrimAsync(KubeObject owner, ImmutableHashSet<string> used, CancellationToken ct)
    {
        ImmutableArray<KubeObject> unused = [.. All(owner).Where(revision => !used.Contains(revision.Name) && !used.Contains(Hash(revision))).OrderBy(Number)];
        int limit = owner.Spec.Number("revisionHistoryLimit", 10);
        foreach (KubeObject old in unused.Take(Math.Max(0, unused.Length - limit)))
        {
            await tools.Cluster.DeleteAsync(Kinds.ControllerRevision, old, null, ct);
        }
    }

    public ImmutableArray<KubeObject> All(KubeObject owner) => tools.Cluster.ControllerRevisions.OwnedBy(owner.Uid);

    public static string Hash(KubeObject revision) => revision.Labels.GetValueOrDefault(Label) ?? "";

    /// <summary>The pod template that a revision keeps.</summary>
    public static JsonElement Template(KubeObject revision)
    {
        JsonObject? template = revision.Root.At("data", "spec", "template") is { ValueKind: JsonValueKind.Object } kept
            ? JsonNode.Parse(kept.GetRawText()) as JsonObject
            : null;
        template?.Remove("$patch");
        return JsonElement.Parse(template?.ToJsonString() ?? "{}");
    }

    private static int Number(KubeObject revision) => revision.Root.Number("revision");

    private async Task<KubeObject?> CreateAsync(ResourceType type, KubeObject owner, JsonElement template, int number, CancellationToken ct)
    {
        string hash = TemplateHash.Of(template, owner.Status.Number("collisionCount"));
        JsonObject kept = (JsonObject)JsonNode.Parse(template.GetRawText())!;
        kept["$patch"] = "replace";
        JsonObject revision = new()
        {
            ["metadata"] = new JsonObject
            {
                ["name"] = $"{owner.Name}-{hash}",
                ["labels"] = template.At("metadata", "labels") is { ValueKind: JsonValueKind.Object } labels ? JsonObject.Create(labels) : new JsonObject(),
                ["ownerReferences"] = Owner.Reference(type, owner),
            },
            ["revision"] = number,
            ["data"] = new JsonObject { ["spec"] = new JsonObject { ["template"] = kept } },
        };
        Owner.SetLabel(revision, Label, hash);
        return await tools.Cluster.CreateAsync(Kinds.ControllerRevision, owner.Namespace, revision, ct);
    }
}
