using System.Text;
using Microsoft.Extensions.AI;
using OpenAI.Chat;

namespace Firstline.Host.Diagnosers;

/// <summary>Calls of tools that arrive in pieces, told apart by their index.</summary>
internal sealed class OpenAIStreamedCalls
{
    private readonly SortedDictionary<int, (string Id, string Name, StringBuilder Arguments)> _calls = [];

    public IEnumerable<AIContent> All => _calls.Values.Select(static c => ToolArguments.CallOf(c.Id, c.Name, c.Arguments.ToString()));

    public void Add(IEnumerable<StreamingChatToolCallUpdate> pieces)
    {
        foreach (StreamingChatToolCallUpdate piece in pieces)
        {
            (string id, string name, StringBuilder arguments) = _calls.GetValueOrDefault(piece.Index, ("", "", new StringBuilder()));
            arguments.Append(piece.FunctionArgumentsUpdate?.ToString());
            _calls[piece.Index] = (piece.ToolCallId ?? id, piece.FunctionName ?? name, arguments);
        }
    }
}
