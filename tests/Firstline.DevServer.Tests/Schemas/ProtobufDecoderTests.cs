using System.Text.Json.Nodes;
using Firstline.DevServer.Schemas;
using Firstline.DevServer.Schemas.Protobuf;
using FluentAssertions;
using Xunit;

namespace Firstline.DevServer.Tests.Schemas;

public sealed class ProtobufDecoderTests
{
    [Fact]
    public void Decode_reads_names_numbers_and_maps()
    {
        byte[] labels = Field(11, [.. Field(1, "app"u8), .. Field(2, "web"u8)]);
        byte[] metadata = Field(1, [.. Field(1, "a"u8), .. Field(3, ""u8), .. labels, .. Field(8, [])]);
        byte[] spec = Field(2, [(1 << 3) | 0, 0, (5 << 3) | 0, 0]);

        JsonObject value = ProtobufDecoder.Decode(Envelope("apps/v1", "Deployment", [.. metadata, .. spec]));

        value.ToJsonString().Should().Be(
            """{"apiVersion":"apps/v1","kind":"Deployment","metadata":{"name":"a","labels":{"app":"web"}},"spec":{"replicas":0}}""",
            "replicas is a pointer whose zero counts; minReadySeconds, namespace and creationTimestamp were never set");
    }

    [Theory]
    [InlineData("number", 0, 8080, "", "8080")]
    [InlineData("text", 1, 0, "http", "\"http\"")]
    public void Decode_reads_int_or_string(string what, byte type, int number, string text, string expected)
    {
        byte[] value = [(1 << 3) | 0, type, (2 << 3) | 0, (byte)((number & 0x7f) | 0x80), (byte)(number >> 7), .. Field(3, System.Text.Encoding.UTF8.GetBytes(text))];
        byte[] port = Field(1, Field(4, value));
        JsonObject service = ProtobufDecoder.Decode(Envelope("v1", "Service", Field(2, port)));
        service.List("spec", "ports")[0].At("targetPort")!.ToJsonString().Should().Be(expected, what);
    }

    [Theory]
    [InlineData("not the magic prefix", new byte[] { 1, 2, 3, 4, 5 })]
    [InlineData("a length beyond the end", new byte[] { 0x6b, 0x38, 0x73, 0, 0x12, 0x7f })]
    [InlineData("an endless number", new byte[] { 0x6b, 0x38, 0x73, 0, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff })]
    public void Decode_refuses_what_is_no_message(string what, byte[] body)
    {
        Action decode = () => ProtobufDecoder.Decode(body);
        decode.Should().Throw<FormatException>(what);
    }

    [Fact]
    public void Decode_refuses_kinds_that_are_not_built_in()
    {
        Action decode = () => ProtobufDecoder.Decode(Envelope("example.dev/v1", "Widget", []));
        decode.Should().Throw<FormatException>().WithMessage("no kind \"Widget\" is registered for version \"example.dev/v1\"");
    }

    private static byte[] Envelope(string apiVersion, string kind, byte[] raw)
    {
        byte[] type = [.. Field(1, System.Text.Encoding.UTF8.GetBytes(apiVersion)), .. Field(2, System.Text.Encoding.UTF8.GetBytes(kind))];
        return [.. "k8s\0"u8, .. Field(1, type), .. Field(2, raw)];
    }

    private static byte[] Field(int number, ReadOnlySpan<byte> bytes) => [(byte)((number << 3) | 2), (byte)bytes.Length, .. bytes];
}
