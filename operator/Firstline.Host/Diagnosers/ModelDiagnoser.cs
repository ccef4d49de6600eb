using System.Diagnostics.CodeAnalysis;
using Firstline.Controllers.Ports;
using Firstline.Core.Diagnosis.Models;
using Firstline.Host.Options;
using Firstline.Host.Outside;
using Microsoft.Extensions.AI;

namespace Firstline.Host.Diagnosers;

/// <summary>Asks the model that the configuration names.</summary>
internal sealed partial class ModelDiagnoser : IDiagnoser, IDisposable
{
    private readonly ModelOptions _options;
    private readonly TimeProvider _clock;
    private readonly ILogger _log;
    private readonly HttpClient _http;
    private readonly Lazy<IChatClient> _client;   // a standby asks nothing and needs no SDK
    private readonly ModelRequests _requests;

    /// <exception cref="OperatorStartException">The key or the authority cannot be read.</exception>
    [SuppressMessage("Reliability", "CA2000:Dispose objects before losing scope", Justification = "The client disposes its handlers.")]
    public ModelDiagnoser(ModelOptions options, TimeProvider clock, ILogger<ModelDiagnoser> log)
    {
        (_options, _clock, _log) = (options, clock, log);
        SecretFile? key = options.KeyFile is { } file ? new SecretFile(file, clock) : null;
        key?.Check();
        _http = new HttpClient(new ModelTransport(options, key, clock, OutsideHttp.Handler(options.AuthorityFile))) { Timeout = Timeout.InfiniteTimeSpan };
        _client = new(() => ModelClients.Of(options, _http));
        _requests = new ModelRequests(options, clock);
    }

    /// <inheritdoc/>
    public string Model => $"{SettingText.Of(_options.Provider)}/{_options.Name}";

    /// <inheritdoc/>
    [SuppressMessage("Design", "CA1031:Do not catch general exception types", Justification = "Here all that a model can do wrong ends: it becomes the sentence of a failure, and the rules' diagnosis stands.")]
    public async Task<ModelReply> AskAsync(ModelQuestion question, IModelTools tools, ModelAllowance allowance, CancellationToken cancellationToken)
    {
        Spending spending = new(allowance);
        long begun = _clock.GetTimestamp();
        using CancellationTokenSource limit = new(_options.Timeout, _clock);
        using CancellationTokenSource stop = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        try
        {
            string answer = await new Conversation(question, tools, spending, (said, how, tokens, ct) => _requests.SendAsync(once => SendAsync(said, how, once), tokens, question.AnswerTokens, spending, ct)).AskAsync(stop.Token);
            return new ModelReply(answer, spending.Usage, null, _clock.GetElapsedTime(begun));
        }
        catch (Exception e)
        {
            cancellationToken.ThrowIfCancellationRequested();
            string why = e is ModelFailure ? e.Message
                : limit.IsCancellationRequested ? $"has not answered within {SettingText.Of(_options.Timeout)} (model.timeout)"
                : $"could not be asked: {e.GetType().Name}";
            LogFailed(Model, why);
            return new ModelReply(null, spending.Usage, why, _clock.GetElapsedTime(begun));
        }
    }

    public void Dispose()
    {
        if (_client.IsValueCreated)
        {
            _client.Value.Dispose();
        }

        _http.Dispose();
    }

    private Task<ChatResponse> SendAsync(IList<ChatMessage> said, ChatOptions how, CancellationToken ct) => _options.Streaming
        ? _client.Value.GetStreamingResponseAsync(said, how, ct).ToChatResponseAsync(ct)
        : _client.Value.GetResponseAsync(said, how, ct);

    [LoggerMessage(6501, LogLevel.Warning, "The model {Model} {Failure}")]
    private partial void LogFailed(string model, string failure);
}
