using System.Net;
using System.Net.Http.Headers;
using Firstline.Controllers.Ports;
using Firstline.Core.Facts;
using Firstline.Host.Options;

namespace Firstline.Host.Outside;

/// <summary>Asks Prometheus by its HTTP API.</summary>
internal sealed class PrometheusClient : IMetricsSource, IDisposable
{
    private const int MaxAnswerBytes = 1024 * 1024;

    private readonly HttpClient? _http;
    private readonly Uri? _query;
    private readonly SecretFile? _token;

    /// <exception cref="OperatorStartException">A file cannot be read.</exception>
    public PrometheusClient(PrometheusOptions options, TimeProvider clock)
    {
        if (options.Address is not { } address)
        {
            return;
        }

        _query = new Uri($"{address.ToString().TrimEnd('/')}/api/v1/query");
        _token = options.TokenFile is { } file ? new SecretFile(file, clock) : null;
        _token?.Check();
        _http = OutsideHttp.Client(options.AuthorityFile);
        _http.MaxResponseContentBufferSize = MaxAnswerBytes;
    }

    /// <inheritdoc/>
    public async Task<MetricAnswer> QueryAsync(string query, CancellationToken cancellationToken)
    {
        if (_http is null)
        {
            return new MetricAnswer.Unknown("no Prometheus is configured (prometheus.url)");
        }

        if (_token is { Value: null })
        {
            return new MetricAnswer.Unknown("Prometheus: its token file holds no token");
        }

        try
        {
            using HttpRequestMessage request = new(HttpMethod.Post, _query);
            request.Content = new FormUrlEncodedContent([new("query", query), new("timeout", "8s")]);
            request.Headers.Authorization = _token is null ? null : new AuthenticationHeaderValue("Bearer", _token.Value);
            using HttpResponseMessage answer = await _http.SendAsync(request, cancellationToken);
            byte[] body = await answer.Content.ReadAsByteArrayAsync(cancellationToken);
            return answer.StatusCode is HttpStatusCode.OK or HttpStatusCode.BadRequest or HttpStatusCode.UnprocessableEntity or HttpStatusCode.ServiceUnavailable
                ? PrometheusAnswer.Read(body)
                : new MetricAnswer.Unknown($"Prometheus answered {(int)answer.StatusCode}");
        }
        catch (Exception e) when (!cancellationToken.IsCancellationRequested)
        {
            return new MetricAnswer.Unknown($"Prometheus: {OutsideHttp.Why(e)}");
        }
    }

    public void Dispose() => _http?.Dispose();
}
