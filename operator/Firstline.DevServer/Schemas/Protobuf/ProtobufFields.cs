using System.Collections.Concurrent;
using System.Collections.Frozen;
using System.Globalization;
using System.Text.Json.Nodes;

namespace Firstline.DevServer.Schemas.Protobuf;

/// <summary>The field numbers of the built-in types, from <c>builtin-protobuf.json</c>.</summary>
internal static class ProtobufFields
{
    private static readonly Lazy<JsonObject> Raw = new(() => EmbeddedJson.Read("builtin-protobuf.json").AsObject());
    private static readonly ConcurrentDictionary<string, FrozenDictionary<int, ProtobufField>> Types = new(StringComparer.Ordinal);

    /// <summary>The fields of a type, by number; empty for a type that is not known.</summary>
    public static FrozenDictionary<int, ProtobufField> Of(string typeName) => Types.GetOrAdd(typeName, Read);

    private static FrozenDictionary<int, ProtobufField> Read(string typeName) => (Raw.Value.Fields(typeName) ?? [])
        .ToFrozenDictionary(f => int.Parse(f.Key, CultureInfo.InvariantCulture), f => Field(f.Value.Text() ?? ""));

    private static ProtobufField Field(string text) =>
        new(text.Trim('*', '?'), text.EndsWith('?') ? ZeroMeaning.Value : ZeroMeaning.Absent, text.StartsWith('*'));
}
