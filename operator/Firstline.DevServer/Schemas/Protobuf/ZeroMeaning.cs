namespace Firstline.DevServer.Schemas.Protobuf;

/// <summary>What a zero value on the wire says. Go's encoder writes every field that is no pointer, set or not.</summary>
internal enum ZeroMeaning
{
    /// <summary>Nothing: the field is left out of the JSON.</summary>
    Absent,

    /// <summary>The value zero, as in <c>replicas: 0</c>.</summary>
    Value,
}
