using System.ClientModel;
using System.Runtime.CompilerServices;
using Microsoft.Extensions.AI;
using Wire = OpenAI.Chat;

namespace Firstline.Host.Diagnosers;

/// <summary>OpenAI's chat completions as an <see cref="IChatClient"/>: text, tools, a schema for the answer, usage; whole or streamed.</summary>
internal sealed class OpenAIChat(Wire.ChatClient client) : IChatClient
{
    /// <inheritdoc/>
    public async Task<ChatResponse> GetResponseAsync(IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default)
    {
        Wire.ChatCompletion answer = await client.CompleteChatAsync(OpenAIRequest.Messages(messages), OpenAIRequest.Options(options ?? new()), cancellationToken);
        List<AIContent> contents = [.. answer.Content.Select(static part => new TextContent(part.Text))];
        contents.AddRange(answer.ToolCalls.Select(static c => ToolArguments.CallOf(c.Id, c.FunctionName, c.FunctionArguments.ToString())));
        return new ChatResponse(new ChatMessage(ChatRole.Assistant, contents))
        {
            FinishReason = answer.Refusal is null ? ReasonOf(answer.FinishReason) : ChatFinishReason.ContentFilter,
            Usage = UsageOf(answer.Usage),
        };
    }

    /// <inheritdoc/>
    public async IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        OpenAIStreamedCalls calls = new();
        AsyncCollectionResult<Wire.StreamingChatCompletionUpdate> updates = client.CompleteChatStreamingAsync(OpenAIRequest.Messages(messages), OpenAIRequest.Options(options ?? new()), cancellationToken);
        await foreach (Wire.StreamingChatCompletionUpdate update in updates.WithCancellation(cancellationToken))
        {
            calls.Add(update.ToolCallUpdates);
            List<AIContent> contents = [.. update.ContentUpdate.Select(static part => new TextContent(part.Text))];
            if (UsageOf(update.Usage) is { } usage)
            {
                contents.Add(new UsageContent(usage));
            }

            yield return new ChatResponseUpdate(ChatRole.Assistant, contents)
            {
                FinishReason = update.RefusalUpdate is { Length: > 0 } ? ChatFinishReason.ContentFilter : update.FinishReason is { } reason ? ReasonOf(reason) : null,
            };
        }

        yield return new ChatResponseUpdate(ChatRole.Assistant, [.. calls.All]);
    }

    /// <inheritdoc/>
    public object? GetService(Type serviceType, object? serviceKey = null) => null;

    /// <summary>Nothing: the transport is its owner's.</summary>
    public void Dispose()
    {
    }

    private static ChatFinishReason ReasonOf(Wire.ChatFinishReason reason) => reason switch
    {
        Wire.ChatFinishReason.Length => ChatFinishReason.Length,
        Wire.ChatFinishReason.ContentFilter => ChatFinishReason.ContentFilter,
        Wire.ChatFinishReason.ToolCalls or Wire.ChatFinishReason.FunctionCall => ChatFinishReason.ToolCalls,
        _ => ChatFinishReason.Stop,
    };

    private static UsageDetails? UsageOf(Wire.ChatTokenUsage? usage) =>
        usage is null ? null : new UsageDetails { InputTokenCount = usage.InputTokenCount, OutputTokenCount = usage.OutputTokenCount };
}
