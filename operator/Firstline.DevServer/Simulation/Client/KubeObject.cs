using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using Firstline.Api.Meta;

namespace Firstline.DevServer.Simulation.Client;

/// <summary>One object as the API server sent it. Immutable, so that what a cache holds cannot be changed by its readers.</summary>
internal sealed class KubeObject
{
    public KubeObject(JsonElement root)
    {
        Root = root;
        JsonElement metadata = root.At("metadata");
        Key = new NamespacedName(metadata.Text("namespace") ?? "", metadata.Text("name") ?? "");
        Uid = metadata.Text("uid") ?? "";
        ResourceVersion = long.TryParse(metadata.Text("resourceVersion"), NumberStyles.None, CultureInfo.InvariantCulture, out long version) ? version : 0;
        Generation = metadata.Number("generation");
        IsDeleting = metadata.Text("deletionTimestamp") is not null;
        Labels = Strings(metadata.At("labels"));
        Annotations = Strings(metadata.At("annotations"));
        JsonElement owner = metadata.Items("ownerReferences").FirstOrDefault(o => o.Flag("controller"));
        OwnerUid = owner.Text("uid");
        OwnerName = owner.Text("name");
        OwnerKind = owner.Text("kind");
    }

    public JsonElement Root { get; }

    public NamespacedName Key { get; }

    public string Name => Key.Name;

    public string Namespace => Key.Namespace;

    public string Uid { get; }

    /// <summary>Orders the versions of one object (KEP-5504 made the comparison official); 0 when it is not a number.</summary>
    public long ResourceVersion { get; }

    public int Generation { get; }

    public bool IsDeleting { get; }

    public ImmutableDictionary<string, string> Labels { get; }

    public ImmutableDictionary<string, string> Annotations { get; }

    /// <summary>UID, name and kind of the controller among the owners; null when there is none.</summary>
    public string? OwnerUid { get; }

    /// <inheritdoc cref="OwnerUid"/>
    public string? OwnerName { get; }

    /// <inheritdoc cref="OwnerUid"/>
    public string? OwnerKind { get; }

    public JsonElement Spec => Root.At("spec");

    public JsonElement Status => Root.At("status");

    public DateTimeOffset CreatedAt => Root.Instant("metadata", "creationTimestamp") ?? DateTimeOffset.MinValue;

    public string? Annotation(string key) => Annotations.GetValueOrDefault(key);

    /// <summary>The condition of that type in status; undefined when there is none.</summary>
    public JsonElement Condition(string type) => Status.Items("conditions").FirstOrDefault(c => c.Text("type") == type);

    public bool IsConditionTrue(string type) => Condition(type).Text("status") == "True";

    private static ImmutableDictionary<string, string> Strings(JsonElement map) =>
        map.Members().ToImmutableDictionary(m => m.Name, m => m.Value.GetString() ?? "", StringComparer.Ordinal);
}
