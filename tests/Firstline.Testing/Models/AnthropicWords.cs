using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;

namespace Firstline.Testing.Models;

/// <summary>Scenes in the words of Anthropic's messages.</summary>
internal static class AnthropicWords
{
    public static JsonObject Whole(ModelScene scene)
    {
        JsonObject message = Begun(scene);
        message["content"] = new JsonArray([.. Blocks(scene).Select(static b => (JsonNode)b.Whole)]);
        message["stop_reason"] = ReasonOf(scene);
        return message;
    }

    public static string Stream(ModelScene scene)
    {
        StringBuilder events = new();
        Append(events, "message_start", new JsonObject { ["message"] = Begun(scene) });
        foreach (((JsonObject whole, JsonObject begun, IEnumerable<JsonObject> deltas), int index) in Blocks(scene).Select(static (b, i) => (b, i)))
        {
            Append(events, "content_block_start", new JsonObject { ["index"] = index, ["content_block"] = begun });
            foreach (JsonObject delta in deltas)
            {
                Append(events, "content_block_delta", new JsonObject { ["index"] = index, ["delta"] = delta });
            }

            Append(events, "content_block_stop", new JsonObject { ["index"] = index });
        }

        Append(events, "message_delta", new JsonObject
        {
            ["delta"] = new JsonObject { ["stop_reason"] = ReasonOf(scene), ["stop_sequence"] = null }, ["usage"] = new JsonObject { ["output_tokens"] = UsageOf(scene)["output_tokens"]!.DeepClone() },
        });
        Append(events, "message_stop", []);
        return events.ToString();
    }

    private static IEnumerable<(JsonObject Whole, JsonObject Begun, IEnumerable<JsonObject> Deltas)> Blocks(ModelScene scene) => scene is ModelScene.Calls calls
        ? calls.All.Select(static c => (Use(c, Input(c.Arguments)), Use(c, new JsonObject()), OpenAIWords.Pieces(c.Arguments).Select(static p => new JsonObject { ["type"] = "input_json_delta", ["partial_json"] = p })))
        : [(Text(((ModelScene.Says)scene).Text), Text(""), OpenAIWords.Pieces(((ModelScene.Says)scene).Text).Select(static p => new JsonObject { ["type"] = "text_delta", ["text"] = p }))];

    private static JsonObject Text(string text) => new() { ["type"] = "text", ["text"] = text, ["citations"] = null };

    private static JsonObject Use(ToolCall call, JsonNode input) => new() { ["type"] = "tool_use", ["id"] = call.Id, ["name"] = call.Name, ["input"] = input };

    // In a whole message arguments are JSON by the form of the message: those that are none become a text.
    private static JsonNode Input(string arguments)
    {
        try
        {
            return JsonNode.Parse(arguments)!;
        }
        catch (System.Text.Json.JsonException)
        {
            return JsonValue.Create(arguments);
        }
    }

    private static JsonObject Begun(ModelScene scene) => new()
    {
        ["id"] = "msg_1", ["type"] = "message", ["role"] = "assistant", ["model"] = "scripted", ["content"] = new JsonArray(), ["stop_reason"] = null, ["stop_sequence"] = null, ["usage"] = UsageOf(scene),
    };

    private static string ReasonOf(ModelScene scene) => scene switch
    {
        ModelScene.Calls => "tool_use",
        ModelScene.Says { IsCutOff: true } => "max_tokens",
        _ => "end_turn",
    };

    private static JsonObject UsageOf(ModelScene scene) => scene is ModelScene.Says says
        ? new() { ["input_tokens"] = says.InputTokens ?? 0, ["output_tokens"] = says.OutputTokens ?? 0 }
        : new() { ["input_tokens"] = 100, ["output_tokens"] = 20 };

    private static void Append(StringBuilder events, string type, JsonObject data)
    {
        data["type"] = type;
        events.Append(CultureInfo.InvariantCulture, $"event: {type}\ndata: {data.ToJsonString()}\n\n");
    }
}
