using System.Collections.Immutable;

namespace Firstline.Testing.Models;

/// <summary>What a <see cref="ScriptedModel"/> does with one request.</summary>
public abstract record ModelScene
{
    private ModelScene()
    {
    }

    /// <summary>Answers with text; the tokens are those that it claims, none when they are left out.</summary>
    public sealed record Says(string Text, int? InputTokens = 100, int? OutputTokens = 20) : ModelScene
    {
        /// <summary>True when it says that the answer was cut off at its limit.</summary>
        public bool IsCutOff { get; init; }
    }

    /// <summary>Asks for calls of tools.</summary>
    public sealed record Calls(ImmutableArray<ToolCall> All) : ModelScene
    {
        public Calls(string name, string arguments)
            : this([new("call_1", name, arguments)])
        {
        }
    }

    /// <summary>Refuses with a status.</summary>
    public sealed record Refuses(int Status, string? RetryAfter = null, string? Location = null) : ModelScene;

    /// <summary>Answers 200 with something else.</summary>
    public sealed record Raw(string Body, string ContentType = "application/json") : ModelScene;

    /// <summary>Never answers.</summary>
    public sealed record Hangs : ModelScene;

    /// <summary>Begins to answer as another scene, and breaks the connection in the middle.</summary>
    public sealed record Breaks(ModelScene Answer) : ModelScene;

    /// <summary>Answers as another scene byte by byte, with a pause between two of them, for ever.</summary>
    public sealed record Drips(ModelScene Answer, TimeSpan Pause) : ModelScene;
}
