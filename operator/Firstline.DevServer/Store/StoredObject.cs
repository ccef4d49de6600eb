using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json.Nodes;

namespace Firstline.DevServer.Store;

/// <summary>One version of one object; never changes once it is stored.</summary>
/// <remarks>A tree takes ten times the memory of its text, and histories keep thousands of versions: of those that are superseded only the text stays, and the tree
/// is built again for the few that are asked for it.</remarks>
internal sealed class StoredObject
{
    private readonly byte[] text;
    private readonly int bodyAt;
    private readonly WeakReference<JsonObject> remembered;
    private volatile JsonObject? kept;

    private StoredObject(ObjectKey key, JsonObject json, long version, byte[] text, int bodyAt)
    {
        Key = key;
        Version = version;
        Uid = ObjectMetadata.Text(json, "uid") ?? "";
        Labels = ObjectMetadata.Strings(json, "labels");
        IsTerminating = ObjectMetadata.Text(json, "deletionTimestamp") is not null;
        (this.text, this.bodyAt, kept, remembered) = (text, bodyAt, json, new(json));
    }

    public ObjectKey Key { get; }

    /// <summary>Shared by all readers: clone before changing anything.</summary>
    public JsonObject Json => kept ?? Recall();

    public long Version { get; }

    public string Uid { get; }

    public ImmutableDictionary<string, string> Labels { get; }

    /// <summary>The object's JSON without its opening brace, kind and apiVersion (<c>"metadata":{...},...}</c>): serialised once for all readers,
    /// who put their own version's opening before it.</summary>
    public ReadOnlyMemory<byte> Body => text.AsMemory(bodyAt);

    public bool IsTerminating { get; }

    /// <summary>Lets the tree go: another version has taken this one's place.</summary>
    public void Supersede() => kept = null;

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
        return new StoredObject(key, (JsonObject)CanonicalJson.Parse(all)!, version, all, opening.Length);
    }

    private JsonObject Recall()
    {
        if (remembered.TryGetTarget(out JsonObject? json))
        {
            return json;
        }

        json = (JsonObject)CanonicalJson.Parse(text)!;
        remembered.SetTarget(json);
        return json;
    }
}
