using System.Collections.Immutable;
using System.Text.Json.Nodes;
using Firstline.DevServer.Patching.ServerSideApply;
using Firstline.DevServer.Schemas;

namespace Firstline.DevServer.Http.Writing;

/// <summary>What single kinds do differently from all others.</summary>
internal static class KindRules
{
    public const string Pods = "pods";
    public const string Namespaces = "namespaces";
    public const string Definitions = "customresourcedefinitions.apiextensions.k8s.io";
    public const string PodDisruptionBudgets = "poddisruptionbudgets.policy";

    /// <summary>A kubelet registers its node with a status.</summary>
    public static bool KeepsStatusOnCreate(KindDefinition kind) => kind.QualifiedName == "nodes";

    /// <summary>Kinds whose replace needs a resourceVersion.</summary>
    public static bool NeedsVersionToReplace(KindDefinition kind) => kind.IsCustom || kind.QualifiedName is "leases.coordination.k8s.io" or Definitions;

    public static bool CanBeCreatedByReplace(KindDefinition kind) => kind.QualifiedName is "leases.coordination.k8s.io" or "events";

    public static bool CanBeDeletedAsCollection(KindDefinition kind) => kind.QualifiedName != Namespaces;

    /// <summary>Top-level fields that an endpoint does not write.</summary>
    public static ImmutableArray<string> Unwritable(KindDefinition kind, string? subresource) => subresource switch
    {
        null when kind.HasStatus => ["status"],
        "status" when kind.IsCustom => ["spec", "metadata"],
        "status" => ["spec"],
        _ => [],
    };

    /// <summary>Fields of a new object's spec that admission fills in and the client did not send: nobody owns them, as on a real server.</summary>
    public static FieldSet FilledByServer(KindDefinition kind, JsonObject sent)
    {
        string[] names = kind.QualifiedName switch
        {
            Pods => ["tolerations", "priority", "preemptionPolicy", "serviceAccount", "serviceAccountName"],
            Namespaces => ["finalizers"],
            _ => [],
        };
        FieldSet spec = names.Where(name => sent["spec"]?[name] is null)
            .Aggregate(FieldSet.Empty, (set, name) => set.With(PathElement.Field(name), FieldSet.Leaf));
        return FieldSet.Empty.With("f:spec", spec);
    }
}
