using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json.Nodes;

namespace Firstline.DevServer.Store;

/// <summary>One version of one object; never changes once it is stored.</summary>
internal sealed class StoredObject
{
    private readonly Lazy<ImmutableDictionary<string, string>> labels;

    private StoredObject(ObjectKey key, JsonObject json, long version, ReadOnlyMemory<byte> body)
    {
        Key = key;
        Json = json;
        Version = version;
        Body = body;
        labels = new(() => ObjectMetadata.Strings(json, "labels"));
    }

    public ObjectKey Key { get; }

    /// <summary>Shared by all readers: clone before changing anything.</summary>
    public JsonObject Json { get; }

    public long Version { get; }

    public string Uid => ObjectMetadata.Text(Json, "uid") ?? "";

    public ImmutableDictionary<string, string> Labels => labels.Value;

    /// <summary>The object's JSON without its opening brace, kind and apiVersion (<c>"metadata":{...},...}</c>): serialised once for all readers,
    /// who put their own version's opening before it.</summary>
    public ReadOnlyMemory<byte> Body { get; }

    public bool IsTerminating => ObjectMetadata.Text(Json, "deletionTimestamp") is not null;

    /// <summary>Writes the version into <paramref name="json"/> and keeps a copy of it in canonical form.</summary>
    public static StoredObject Seal(ObjectKey key, JsonObject json, long version)
    {
        ObjectMetadata.Of(json)["resourceVersion"] = version.ToString(CultureInfo.InvariantCulture);
        return Copy(key, json, version);
    }

    /// <summary>An object that was only tried and never stored: it has no version.</summary>
    public static StoredObject Unversioned(ObjectKey key, JsonObject json) => Copy(key, json, 0);

    /// <summary>The same object as the event of a later version shows it (its deletion, or its leaving a selection).</summary>
    public StoredObject At(long version) => version == Version ? this : Seal(Key, (JsonObject)Json.DeepClone(), version);

    private static StoredObject Copy(ObjectKey key, JsonObject json, long version)
    {
        byte[] opening = ObjectBody.Opening(ObjectMetadata.Text(json, "kind", ""), ObjectMetadata.Text(json, "apiVersion", ""));
        byte[] all = [.. opening, .. ObjectBody.Serialize(json)];
        return new StoredObject(key, (JsonObject)CanonicalJson.Parse(all)!, version, all.AsMemory(opening.Length));
    }
}
