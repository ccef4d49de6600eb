using System.Collections.Frozen;
using System.Collections.Immutable;
using Firstline.DevServer.Schemas;

namespace Firstline.DevServer.Tables;

/// <summary>The columns between a built-in object's name and the end of its row, as kube-apiserver's printers define them.</summary>
internal static class BuiltinColumns
{
    private static readonly ImmutableArray<Column> OnlyAge = [Column.Age];

    private static readonly FrozenDictionary<string, ImmutableArray<Column>> ByKind = new[]
    {
        PodColumns.All, WorkloadColumns.All, JobColumns.All, ConfigColumns.All, NetworkColumns.All, StorageColumns.All, AccessColumns.All, ClusterColumns.All,
    }.SelectMany(a => a).ToFrozenDictionary(k => k.Key, k => k.Value);

    public static ImmutableArray<Column> For(KindDefinition kind) => ByKind.GetValueOrDefault(kind.Kind, OnlyAge);
}
