using System.Text.Json.Nodes;
using Firstline.DevServer.Patching;
using FluentAssertions;

namespace Firstline.DevServer.Tests.Patching;

/// <summary>JSON as tests write it: single quotes, compared by meaning.</summary>
internal static class JsonText
{
    public static JsonObject Parse(string text) => (JsonObject)JsonNode.Parse(text.Replace('\'', '"'))!;

    public static void ShouldBe(this JsonNode? actual, string expected, string because = "") =>
        JsonEquality.Same(actual, JsonNode.Parse(expected.Replace('\'', '"'))).Should().BeTrue($"{because}: got {actual?.ToJsonString()}");
}
