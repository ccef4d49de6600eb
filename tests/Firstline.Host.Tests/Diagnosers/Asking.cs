using System.Collections.Concurrent;
using Firstline.Core.Diagnosis.Models;
using Firstline.Host.Diagnosers;
using Firstline.Host.Options;
using Microsoft.Extensions.Logging;
using Xunit;

namespace Firstline.Host.Tests.Diagnosers;

/// <summary>Questions to a scripted model, in each of the ways that there are to speak to one.</summary>
internal sealed class Asking : IDisposable
{
    public const string Key = "sk-test-4711";

    public static readonly ModelQuestion Question = new(
        "Say why it fails.", """{"evidence":[{"id":"e1","text":"OOMKilled"}]}""",
        """{"type":"object","properties":{"cause":{"type":"string"}},"required":["cause"],"additionalProperties":false}""", AnswerTokens: 200);

    public static readonly ModelAllowance Plenty = new(Calls: 16, Tokens: 100_000);

    private readonly TemporaryFolder _folder = new();
    private readonly ModelDiagnoser _diagnoser;

    public Asking(Uri endpoint, string way, TimeProvider? clock = null, Func<ModelOptions, ModelOptions>? change = null)
    {
        KeyFile = _folder.Write("key", Key + "\n");
        string[] words = way.Split(", ");
        ModelOptions options = new()
        {
            Provider = Enum.Parse<ModelProvider>(words[0]), Streaming = words[1] == "streamed", Endpoint = endpoint, Name = "scripted", KeyFile = KeyFile,
            RequestTimeout = TimeSpan.FromMinutes(20), Timeout = TimeSpan.FromMinutes(60),
        };
        _diagnoser = new ModelDiagnoser(change?.Invoke(options) ?? options, clock ?? TimeProvider.System, new Lines(Logged));
    }

    /// <summary>All ways, for theories.</summary>
    public static TheoryData<string> Ways => ["OpenAI, whole", "OpenAI, streamed", "Anthropic, whole", "Anthropic, streamed"];

    public string KeyFile { get; }

    public LookedUp Tools { get; } = new();

    public ConcurrentQueue<string> Logged { get; } = [];

    public Task<ModelReply> AskAsync(ModelAllowance? allowance = null, CancellationToken ct = default) => _diagnoser.AskAsync(Question, Tools, allowance ?? Plenty, ct);

    public void Dispose()
    {
        _diagnoser.Dispose();
        _folder.Dispose();
    }

    private sealed class Lines(ConcurrentQueue<string> lines) : ILogger<ModelDiagnoser>
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            lines.Enqueue($"{formatter(state, exception)} {exception}");
    }
}
