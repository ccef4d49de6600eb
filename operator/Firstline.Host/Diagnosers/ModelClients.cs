using System.ClientModel;
using System.ClientModel.Primitives;
using System.Diagnostics.CodeAnalysis;
using Anthropic;
using Firstline.Host.Options;
using Microsoft.Extensions.AI;
using OpenAI;
using OpenAI.Chat;

namespace Firstline.Host.Diagnosers;

/// <summary>
/// The SDKs, set up so that they only speak: no retries, timeouts, keys, logs or traces of their own, and nothing taken from their environment variables.
/// </summary>
internal static class ModelClients
{
    // The transport shows the real one.
    private const string NoKey = "none";

    private static readonly Uri OpenAIEndpoint = new("https://api.openai.com/v1");
    private static readonly Uri AnthropicEndpoint = new("https://api.anthropic.com");

    public static IChatClient Of(ModelOptions options, HttpClient http) => options.Provider == ModelProvider.Anthropic ? OfAnthropic(options, http) : OfOpenAI(options, http);

    private static OpenAIChat OfOpenAI(ModelOptions options, HttpClient http) => new(new ChatClient(options.Name, new ApiKeyCredential(NoKey), new OpenAIClientOptions
    {
        Endpoint = options.Endpoint ?? OpenAIEndpoint,
        Transport = new HttpClientPipelineTransport(http),
        RetryPolicy = new ClientRetryPolicy(maxRetries: 0),
        NetworkTimeout = Timeout.InfiniteTimeSpan,
        EnableDistributedTracing = false,
        ClientLoggingOptions = new ClientLoggingOptions { EnableLogging = false },
    }));

    [SuppressMessage("Reliability", "CA2000:Dispose objects before losing scope", Justification = "It holds nothing but the HttpClient, which is its owner's.")]
    private static IChatClient OfAnthropic(ModelOptions options, HttpClient http) => new AnthropicClient
    {
        HttpClient = http,
        BaseUrl = (options.Endpoint ?? AnthropicEndpoint).ToString().TrimEnd('/'),
        ApiKey = NoKey,
        AuthToken = null,
        MaxRetries = 0,
        Timeout = Timeout.InfiniteTimeSpan,
    }.AsIChatClient(options.Name);
}
