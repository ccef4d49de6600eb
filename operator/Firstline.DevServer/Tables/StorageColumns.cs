using System.Collections.Immutable;
using System.Text.Json.Nodes;
using Firstline.DevServer.Schemas;

namespace Firstline.DevServer.Tables;

internal static class StorageColumns
{
    public static Dictionary<string, ImmutableArray<Column>> All { get; } = new()
    {
        ["PersistentVolumeClaim"] =
        [
            Column.Text("Status", o => Phase(o)),
            Column.Text("Volume", o => Cells.Text(o, "spec", "volumeName")),
            Column.Text("Capacity", o => o.Text("spec", "volumeName") is null ? "" : Cells.Text(o, "status", "capacity", "storage")),
            Column.Text("Access Modes", o => o.Text("spec", "volumeName") is null ? "" : Cells.AccessModes(o.At("status", "accessModes"))),
            Column.Text("StorageClass", o => Cells.Text(o, "spec", "storageClassName")),
            Column.Text("VolumeAttributesClass", o => o.Text("spec", "volumeAttributesClassName") ?? Cells.Unset),
            Column.Age,
            Column.Wide("VolumeMode", o => o.Text("spec", "volumeMode") ?? Cells.Unset),
        ],
        ["PersistentVolume"] =
        [
            Column.Text("Capacity", o => Cells.Text(o, "spec", "capacity", "storage")),
            Column.Text("Access Modes", o => Cells.AccessModes(o.At("spec", "accessModes"))),
            Column.Text("Reclaim Policy", o => Cells.Text(o, "spec", "persistentVolumeReclaimPolicy")),
            Column.Text("Status", o => Phase(o)),
            Column.Text("Claim", o => o.Fields("spec", "claimRef") is { } claim ? $"{claim.Text("namespace")}/{claim.Text("name")}" : ""),
            Column.Text("StorageClass", o => Cells.Text(o, "spec", "storageClassName")),
            Column.Text("VolumeAttributesClass", o => o.Text("spec", "volumeAttributesClassName") ?? Cells.Unset),
            Column.Text("Reason", o => Cells.Text(o, "status", "reason")),
            Column.Age,
            Column.Wide("VolumeMode", o => o.Text("spec", "volumeMode") ?? Cells.Unset),
        ],
        ["StorageClass"] =
        [
            Column.Text("Provisioner", o => Cells.Text(o, "provisioner")),
            Column.Text("ReclaimPolicy", o => o.Text("reclaimPolicy") ?? "Delete"),
            Column.Text("VolumeBindingMode", o => o.Text("volumeBindingMode") ?? Cells.Unset),
            Column.Text("AllowVolumeExpansion", o => o.Flag("allowVolumeExpansion") ? "true" : "false"),
            Column.Age,
        ],
    };

    private static string Phase(JsonObject value) =>
        value.Text("metadata", "deletionTimestamp") is null ? Cells.Text(value, "status", "phase") : "Terminating";
}
