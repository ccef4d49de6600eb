using System.Text.Json;

namespace Firstline.Kube.Client;

/// <summary>Identity and version of an object, read from its JSON without decoding the rest.</summary>
/// <param name="Namespace">Empty for cluster-scoped kinds.</param>
/// <param name="Name">Name.</param>
/// <param name="Uid">Empty when the object was not stored.</param>
/// <param name="ResourceVersion">Empty when there is none.</param>
public readonly record struct ResourceHeader(string Namespace, string Name, string Uid, string ResourceVersion)
{
    /// <summary>Reads <c>metadata</c> of one object, and no further than these four: servers write them before labels, annotations and managedFields.</summary>
    /// <exception cref="JsonException">The bytes are not a JSON object.</exception>
    public static ResourceHeader Read(ReadOnlySpan<byte> json)
    {
        Utf8JsonReader reader = new(json);
        reader.Read();
        if (reader.TokenType != JsonTokenType.StartObject)
        {
            throw new JsonException("an object was expected");
        }

        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            bool isMetadata = reader.ValueTextEquals("metadata"u8);
            reader.Read();
            if (isMetadata && reader.TokenType == JsonTokenType.StartObject)
            {
                return ReadMetadata(ref reader);
            }

            reader.Skip();
        }

        return new("", "", "", "");
    }

    private static ResourceHeader ReadMetadata(ref Utf8JsonReader reader)
    {
        string ns = "", name = "", uid = "", version = "";
        while (name.Length * ns.Length * uid.Length * version.Length == 0 && reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            ref string target = ref SlotOf(ref reader, ref ns, ref name, ref uid, ref version, out bool wanted);
            reader.Read();
            if (wanted && reader.TokenType == JsonTokenType.String)
            {
                target = reader.GetString() ?? "";
            }
            else
            {
                reader.Skip();
            }
        }

        return new(ns, name, uid, version);
    }

    private static ref string SlotOf(
        ref Utf8JsonReader reader, ref string ns, ref string name, ref string uid, ref string version, out bool wanted)
    {
        wanted = true;
        if (reader.ValueTextEquals("name"u8))
        {
            return ref name;
        }

        if (reader.ValueTextEquals("namespace"u8))
        {
            return ref ns;
        }

        if (reader.ValueTextEquals("uid"u8))
        {
            return ref uid;
        }

        wanted = reader.ValueTextEquals("resourceVersion"u8);
        return ref version;
    }
}
