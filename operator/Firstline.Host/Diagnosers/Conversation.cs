using System.Collections.Immutable;
using System.Text.Json;
using Firstline.Controllers.Ports;
using Firstline.Core.Diagnosis.Models;
using Microsoft.Extensions.AI;

namespace Firstline.Host.Diagnosers;

/// <summary>One question to a model: turn by turn it looks things up by the tools, until it answers or may not go on.</summary>
internal sealed class Conversation(ModelQuestion question, IModelTools tools, Spending spending, Func<IList<ChatMessage>, ChatOptions, long, CancellationToken, Task<ChatResponse>> send)
{
    private const int MaxTurns = 8;
    private const int MaxToolCalls = 16;
    private const int MaxCharactersPerToken = 8;
    private const int MaxRefusal = 64;   // bytes of a result that says that there is none

    private readonly List<ChatMessage> _said = [new(ChatRole.System, question.Instructions), new(ChatRole.User, question.Input)];
    private readonly ImmutableArray<AITool> _tools = [.. tools.Tools.Select(static t => AIFunctionFactory.CreateDeclaration(t.Name, t.Description, Json(t.ParametersSchema)))];
    private long _bytes = ModelTokens.BytesOf(question, tools.Tools);
    private int _toolCalls;

    /// <summary>The text of the last turn.</summary>
    /// <exception cref="ModelFailure">There is none.</exception>
    public async Task<string> AskAsync(CancellationToken ct)
    {
        for (int turn = 1; ; turn++)
        {
            bool isLast = turn == MaxTurns || _toolCalls >= MaxToolCalls || !MayGoOn();
            ChatResponse answer = await TakeTurnAsync(isLast ? ChatToolMode.None : ChatToolMode.Auto, ct);
            ImmutableArray<FunctionCallContent> calls = [.. answer.Messages.SelectMany(static m => m.Contents).OfType<FunctionCallContent>()];
            if (calls.IsEmpty)
            {
                return TextOf(answer);
            }

            if (isLast)
            {
                throw new ModelFailure($"goes on asking for tools after {turn} turns and {_toolCalls} calls of tools");
            }

            _said.AddRange(answer.Messages);
            _said.Add(new ChatMessage(ChatRole.Tool, await LookUpAsync(calls, ct)));
        }
    }

    // After this turn there must be enough for another one, which is longer than this.
    private bool MayGoOn() => spending.CallsLeft > 1 && spending.TokensLeft > 2 * (ModelTokens.Of(_bytes) + question.AnswerTokens);

    private async Task<ChatResponse> TakeTurnAsync(ChatToolMode mode, CancellationToken ct)
    {
        long tokens = ModelTokens.Of(_bytes);
        if (!spending.Affords(tokens, question.AnswerTokens))
        {
            throw new ModelFailure($"would cost more than is left of its limits: about {tokens + question.AnswerTokens} tokens in a call more, of {spending.TokensLeft} tokens and {spending.CallsLeft} calls");
        }

        ChatOptions options = new()
        {
            Tools = _tools.IsEmpty ? null : [.. _tools], ToolMode = _tools.IsEmpty ? null : mode, MaxOutputTokens = question.AnswerTokens,
            ResponseFormat = ChatResponseFormat.ForJsonSchema(Json(question.AnswerSchema), "answer"),
        };
        ChatResponse answer = await send(_said, options, tokens, ct);
        long bytes = answer.Messages.SelectMany(static m => m.Contents).Sum(BytesOf);
        spending.CountTokens(answer.Usage, tokens, ModelTokens.Of(bytes));
        _bytes += bytes;
        return answer;
    }

    private async Task<List<AIContent>> LookUpAsync(ImmutableArray<FunctionCallContent> calls, CancellationToken ct)
    {
        List<AIContent> results = [];
        foreach (FunctionCallContent call in calls)
        {
            string result = ++_toolCalls > MaxToolCalls ? "not looked up: there were enough calls of tools, answer now"
                : call.Exception is not null ? "not looked up: the arguments are no JSON object"
                : Fitting(await tools.CallAsync(call.Name, ToolArguments.JsonOf(call), ct), calls.Length);
            _bytes += ModelTokens.BytesOf(result);
            results.Add(new FunctionResultContent(call.CallId, result));
        }

        return results;
    }

    // What is paid for already must not be lost because the next turn has become too long.
    private string Fitting(string result, int calls) =>
        spending.Affords(ModelTokens.Of(_bytes + ModelTokens.BytesOf(result) + (calls * MaxRefusal)), question.AnswerTokens) ? result : "left out: there is no room for more, answer now";

    private string TextOf(ChatResponse answer) =>
        answer.FinishReason == ChatFinishReason.Length || answer.Text.Length > (long)MaxCharactersPerToken * question.AnswerTokens
            ? throw new ModelFailure($"has more to say than the {question.AnswerTokens} tokens of an answer")
        : answer.FinishReason == ChatFinishReason.ContentFilter ? throw new ModelFailure("declines to answer")
        : answer.FinishReason is null ? throw new ModelFailure("stopped in the middle of its answer")
        : string.IsNullOrWhiteSpace(answer.Text) ? throw new ModelFailure("answers nothing")
        : answer.Text;

    private static JsonElement Json(string schema)
    {
        using JsonDocument document = JsonDocument.Parse(schema);
        return document.RootElement.Clone();
    }

    private static long BytesOf(AIContent content) => content switch
    {
        TextContent text => ModelTokens.BytesOf(text.Text),
        TextReasoningContent thought => ModelTokens.BytesOf(thought.Text),
        FunctionCallContent call => ModelTokens.BytesOf(call.Name) + ModelTokens.BytesOf(ToolArguments.JsonOf(call)),
        _ => 0,
    };
}
