using System.Buffers;
using System.IO.Pipelines;
using System.Net;
using System.Net.Http.Headers;
using Firstline.Host.Options;
using Firstline.Host.Outside;

namespace Firstline.Host.Diagnosers;

/// <summary>
/// The only way out to a model's endpoint, below whichever SDK speaks. It shows the key, takes off what the SDKs tell of this machine, reads answers whole within a bound,
/// and says what went wrong in words of its own: what an endpoint says of an error may repeat what it was sent.
/// </summary>
internal sealed class ModelTransport(ModelOptions options, SecretFile? key, TimeProvider clock, HttpMessageHandler inner) : DelegatingHandler(inner)
{
    private const int MaxAnswerBytes = 1024 * 1024;
    private const string AnthropicKey = "x-api-key";
    private const HttpStatusCode Overloaded = (HttpStatusCode)529;   // Anthropic's own

    /// <exception cref="ModelFailure">No whole answer came.</exception>
    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        Dress(request);
        HttpResponseMessage? answer = null;
        try
        {
            answer = await base.SendAsync(request, cancellationToken);
            Check(answer);
            await answer.Content.LoadIntoBufferAsync(MaxAnswerBytes, cancellationToken);
            answer.Content = await AsItArrivesAsync(answer.Content, cancellationToken);
            return answer;
        }
        catch (Exception e)
        {
            answer?.Dispose();
            if (e is HttpRequestException or IOException)
            {
                throw Failure(e);
            }

            throw;
        }
    }

    private void Dress(HttpRequestMessage request)
    {
        foreach (string name in request.Headers.Select(static h => h.Key).Where(static n => n.StartsWith("x-stainless-", StringComparison.OrdinalIgnoreCase)).ToArray())
        {
            request.Headers.Remove(name);
        }

        request.Headers.UserAgent.Clear();
        request.Headers.UserAgent.Add(new ProductInfoHeaderValue(OutsideHttp.Program, null));
        request.Headers.Authorization = null;
        request.Headers.Remove(AnthropicKey);
        if (key is null)
        {
            return;
        }

        string shown = key.Value ?? throw new ModelFailure($"can't be shown a key: {options.KeyFile} holds none") { IsRefusal = true };
        if (options.Provider == ModelProvider.Anthropic)
        {
            request.Headers.Add(AnthropicKey, shown);
        }
        else
        {
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", shown);
        }
    }

    private void Check(HttpResponseMessage answer)
    {
        if (!answer.IsSuccessStatusCode)
        {
            throw new ModelFailure(SentenceOf(answer.StatusCode))
            {
                // Behind a gateway that gives up, or a fault, a model may have worked for a minute.
                IsRefusal = answer.StatusCode is < HttpStatusCode.InternalServerError or HttpStatusCode.ServiceUnavailable or Overloaded,
                MayPass = answer.StatusCode is HttpStatusCode.RequestTimeout or HttpStatusCode.Conflict or HttpStatusCode.TooManyRequests or >= HttpStatusCode.InternalServerError,
                RetryAfter = answer.Headers.RetryAfter is { } after ? after.Delta ?? after.Date - clock.GetUtcNow() : null,
            };
        }

        if (answer.Content.Headers.ContentType?.MediaType is not ("application/json" or "text/event-stream"))
        {
            throw new ModelFailure("answers with something else than JSON: is model.endpoint the address of its API?") { IsRefusal = true };
        }
    }

    // OpenAI's SDK reads streams twice that can be read twice, and fails where it has read them once.
    private static async Task<StreamContent> AsItArrivesAsync(HttpContent buffered, CancellationToken ct)
    {
        using HttpContent read = buffered;
        StreamContent content = new(PipeReader.Create(new ReadOnlySequence<byte>(await read.ReadAsByteArrayAsync(ct))).AsStream());
        content.Headers.ContentType = read.Headers.ContentType;
        return content;
    }

    private string SentenceOf(HttpStatusCode status) => status switch
    {
        HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden => key is null
            ? $"asks for a key ({(int)status}): name a file that holds it (model.keyFile)"
            : $"refuses the key in {options.KeyFile} ({(int)status}): replace it by a valid one",
        HttpStatusCode.NotFound => $"is not known at its endpoint, or the endpoint is another (404): check model.name ({options.Name}) and model.endpoint",
        HttpStatusCode.BadRequest or HttpStatusCode.RequestEntityTooLarge or HttpStatusCode.UnprocessableEntity =>
            $"does not take the question ({(int)status}): it has to support tools and answers by a JSON schema, and its context has to be large enough",
        HttpStatusCode.TooManyRequests => "takes no more requests for now (429)",
        Overloaded => "is overloaded (529)",
        >= HttpStatusCode.InternalServerError => $"fails ({(int)status})",
        >= HttpStatusCode.MultipleChoices and < HttpStatusCode.BadRequest => $"sends elsewhere ({(int)status}), which is not followed: give the final address (model.endpoint)",
        _ => $"answers {(int)status}",
    };

    private static ModelFailure Failure(Exception e) => (e as HttpRequestException)?.HttpRequestError switch
    {
        HttpRequestError.SecureConnectionError => new("shows a certificate that is not trusted (model.authorityFile)", e) { IsRefusal = true },
        HttpRequestError.NameResolutionError => new("can't be reached: the host name of model.endpoint is not known", e) { IsRefusal = true, MayPass = true },
        HttpRequestError.ConnectionError => new("can't be reached: does the operator's NetworkPolicy let it through?", e) { IsRefusal = true, MayPass = true },
        HttpRequestError.ConfigurationLimitExceeded => new($"answers with more than {MaxAnswerBytes} bytes", e),
        _ => new("broke off in the middle of its answer", e) { MayPass = true },
    };
}
