namespace Firstline.DevServer.Schemas.Protobuf;

/// <summary>What a field number means in one type.</summary>
/// <param name="Name">The JSON field; for an embedded struct the short name of its type.</param>
/// <param name="Presence">Whether a zero value says something.</param>
/// <param name="IsEmbedded">True when the message's fields stand in the outer object.</param>
internal sealed record ProtobufField(string Name, ZeroMeaning Presence, bool IsEmbedded);
