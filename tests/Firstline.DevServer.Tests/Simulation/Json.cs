using System.Text.Json;
using Firstline.DevServer.Simulation.Client;

namespace Firstline.DevServer.Tests.Simulation;

/// <summary>Objects written as JSON with single quotes.</summary>
internal static class Json
{
    public static JsonElement Of(string text) => JsonElement.Parse(text.Replace('\'', '"'));

    public static KubeObject Object(string text) => new(Of(text));
}
