using System.Text;
using System.Text.Json.Nodes;

namespace Firstline.Testing.Models;

/// <summary>Scenes in the words of OpenAI's chat completions.</summary>
internal static class OpenAIWords
{
    public static JsonObject Whole(ModelScene scene) => new()
    {
        ["id"] = "chatcmpl-1", ["object"] = "chat.completion", ["created"] = 1_760_000_000, ["model"] = "scripted",
        ["choices"] = new JsonArray(new JsonObject
        {
            ["index"] = 0, ["finish_reason"] = ReasonOf(scene),
            ["message"] = scene is ModelScene.Calls calls
                ? new JsonObject { ["role"] = "assistant", ["content"] = null, ["tool_calls"] = new JsonArray([.. calls.All.Select(static c => (JsonNode)Call(c))]) }
                : new JsonObject { ["role"] = "assistant", ["content"] = ((ModelScene.Says)scene).Text },
        }),
        ["usage"] = UsageOf(scene),
    };

    /// <summary>Text in pieces of a few characters; of a call of a tool the name first, then the arguments in pieces.</summary>
    public static string Stream(ModelScene scene)
    {
        StringBuilder events = new();
        foreach (JsonObject delta in scene is ModelScene.Calls calls ? calls.All.SelectMany(PiecesOf) : Pieces(((ModelScene.Says)scene).Text).Select(static t => new JsonObject { ["content"] = t }))
        {
            Append(events, Chunk(delta, null));
        }

        Append(events, Chunk([], ReasonOf(scene)));
        if (UsageOf(scene) is { } usage)
        {
            JsonObject last = Chunk([], null);
            (last["choices"], last["usage"]) = (new JsonArray(), usage);
            Append(events, last);
        }

        return events.Append("data: [DONE]\n\n").ToString();
    }

    private static IEnumerable<JsonObject> PiecesOf(ToolCall call, int index) =>
        Pieces(call.Arguments).Select(piece => Delta(index, new JsonObject { ["function"] = new JsonObject { ["arguments"] = piece } }))
            .Prepend(Delta(index, Call(call with { Arguments = "" })));

    private static JsonObject Delta(int index, JsonObject call)
    {
        call["index"] = index;
        return new JsonObject { ["tool_calls"] = new JsonArray(call) };
    }

    private static JsonObject Call(ToolCall call) =>
        new() { ["id"] = call.Id, ["type"] = "function", ["function"] = new JsonObject { ["name"] = call.Name, ["arguments"] = call.Arguments } };

    private static JsonObject Chunk(JsonObject delta, string? reason) => new()
    {
        ["id"] = "chatcmpl-1", ["object"] = "chat.completion.chunk", ["created"] = 1_760_000_000, ["model"] = "scripted",
        ["choices"] = new JsonArray(new JsonObject { ["index"] = 0, ["delta"] = delta, ["finish_reason"] = reason }),
    };

    private static string ReasonOf(ModelScene scene) => scene switch
    {
        ModelScene.Calls => "tool_calls",
        ModelScene.Says { IsCutOff: true } => "length",
        _ => "stop",
    };

    private static JsonObject? UsageOf(ModelScene scene) => scene switch
    {
        ModelScene.Says { InputTokens: { } input, OutputTokens: { } output } => new() { ["prompt_tokens"] = input, ["completion_tokens"] = output, ["total_tokens"] = input + output },
        ModelScene.Says => null,
        _ => new() { ["prompt_tokens"] = 100, ["completion_tokens"] = 20, ["total_tokens"] = 120 },
    };

    internal static IEnumerable<string> Pieces(string text) => text.Chunk(7).Select(static c => new string(c));

    private static void Append(StringBuilder events, JsonObject chunk) => events.Append("data: ").Append(chunk.ToJsonString()).Append("\n\n");
}
