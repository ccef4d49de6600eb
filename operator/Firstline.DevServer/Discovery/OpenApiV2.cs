namespace Firstline.DevServer.Discovery;

/// <summary>The older OpenAPI document, without types: kubectl asks for it, in protobuf, when version 3 does not know a kind, and only then says
/// that there is no such kind.</summary>
internal static class OpenApiV2
{
    public const string Path = "/openapi/v2";

    public const string ContentType = "application/com.github.proto-openapi.spec.v2.v1.0+protobuf";

    /// <summary>A document with <c>swagger: "2.0"</c> (field 1) and <c>info</c> (field 2: title, version).</summary>
    public static ReadOnlyMemory<byte> Document { get; } = "\n\u00032.0\u0012\u0019\n\u0014Firstline dev server\u0012\u00011"u8.ToArray();
}
