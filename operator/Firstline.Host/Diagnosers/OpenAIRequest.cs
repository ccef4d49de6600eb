using Microsoft.Extensions.AI;
using Wire = OpenAI.Chat;

namespace Firstline.Host.Diagnosers;

/// <summary>Requests in OpenAI's words.</summary>
internal static class OpenAIRequest
{
    public static IEnumerable<Wire.ChatMessage> Messages(IEnumerable<ChatMessage> messages) => messages.SelectMany(Message);

    public static Wire.ChatCompletionOptions Options(ChatOptions options)
    {
        Wire.ChatCompletionOptions request = new() { MaxOutputTokenCount = options.MaxOutputTokens, ToolChoice = Choice(options.ToolMode) };
        foreach (AIFunctionDeclaration tool in (options.Tools ?? []).OfType<AIFunctionDeclaration>())
        {
            request.Tools.Add(Wire.ChatTool.CreateFunctionTool(tool.Name, tool.Description, BinaryData.FromString(tool.JsonSchema.GetRawText())));
        }

        if (options.ResponseFormat is ChatResponseFormatJson { Schema: { } schema } format)
        {
            request.ResponseFormat = Wire.ChatResponseFormat.CreateJsonSchemaFormat(format.SchemaName, BinaryData.FromString(schema.GetRawText()), jsonSchemaIsStrict: true);
        }

        return request;
    }

    private static Wire.ChatToolChoice? Choice(ChatToolMode? mode) => mode switch
    {
        null => null,
        NoneChatToolMode => Wire.ChatToolChoice.CreateNoneChoice(),
        _ => Wire.ChatToolChoice.CreateAutoChoice(),
    };

    private static IEnumerable<Wire.ChatMessage> Message(ChatMessage message) =>
        message.Role == ChatRole.System ? [new Wire.SystemChatMessage(message.Text)]
        : message.Role == ChatRole.User ? [new Wire.UserChatMessage(message.Text)]
        : message.Role == ChatRole.Tool ? message.Contents.OfType<FunctionResultContent>().Select(static r => new Wire.ToolChatMessage(r.CallId, (string)r.Result!))
        : [Said(message)];

    private static Wire.AssistantChatMessage Said(ChatMessage message)
    {
        Wire.ChatToolCall[] calls = [.. message.Contents.OfType<FunctionCallContent>().Select(static c => Wire.ChatToolCall.CreateFunctionToolCall(c.CallId, c.Name, BinaryData.FromString(ToolArguments.JsonOf(c))))];
        Wire.AssistantChatMessage said = calls.Length > 0 ? new(calls) : new(message.Text);
        if (calls.Length > 0 && message.Text.Length > 0)
        {
            said.Content.Add(Wire.ChatMessageContentPart.CreateTextPart(message.Text));
        }

        return said;
    }
}
