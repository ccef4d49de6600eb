using System.Collections.Immutable;
using System.Text;

namespace Firstline.Core.Diagnosis.Models;

/// <summary>About how many tokens a model makes of a text: rather too many than too few. What decides whether a question may be asked and what asks it count alike.</summary>
public static class ModelTokens
{
    private const int BytesPerToken = 3;   // of JSON it is rather more

    /// <summary>Tokens of so many bytes of UTF-8.</summary>
    public static long Of(long bytes) => (bytes + BytesPerToken - 1) / BytesPerToken;

    /// <summary>Tokens that a question takes with one call: all that is sent, and the answer.</summary>
    public static long Of(ModelQuestion question, ImmutableArray<ModelTool> tools)
    {
        ArgumentNullException.ThrowIfNull(question);
        return Of(BytesOf(question, tools)) + question.AnswerTokens;
    }

    /// <summary>Bytes that are sent with the first call.</summary>
    public static long BytesOf(ModelQuestion question, ImmutableArray<ModelTool> tools)
    {
        ArgumentNullException.ThrowIfNull(question);
        return BytesOf(question.Instructions) + BytesOf(question.Input) + BytesOf(question.AnswerSchema) + tools.Sum(static t => BytesOf(t.Name) + BytesOf(t.Description) + BytesOf(t.ParametersSchema));
    }

    /// <summary>Bytes of a text in UTF-8.</summary>
    public static long BytesOf(string text) => Encoding.UTF8.GetByteCount(text);
}
